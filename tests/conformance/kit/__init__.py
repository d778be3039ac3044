"""What the conformance kit is made of: the system tests' harness, a line that is cut, programs."""

import sys
from pathlib import Path

# The harness is a package of the system tests.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "system"))

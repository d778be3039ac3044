"""What system tests are made of: a hub, scripted peers, and waiting for things with a deadline."""

import os
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]

# Where CMake put what it built; ctest says so, and by hand the usual build folder serves.
STUBS = Path(os.environ.get("CHATHUB_STUBS", _ROOT / "build" / "python"))
PROGRAMS = Path(os.environ.get("CHATHUB_PROGRAMS", _ROOT / "build" / "bin"))

sys.path.insert(0, str(STUBS))

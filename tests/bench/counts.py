"""Instructions of single steps, which do not depend on how busy the machine is.

`scripts/bench --counts` compares them with counts.json; `--counts --keep` writes that file anew,
for a change that is worth its price. Counted by callgrind in programs/count_steps.cc.
"""

import json
import pathlib
import re
import subprocess
import tempfile
from collections.abc import Mapping

from frame.scene import BENCH_PROGRAMS

KEPT = pathlib.Path(__file__).with_name("counts.json")
MOST = 1.10  # of what is kept
TIMES = 500

# One is: a text matched against 1,000 routes; an event until its order is done, in memory and
# durable; an event for a mailbox that is full; one frame read.
STEPS = ("match", "hostile", "delivery", "durable", "refusal", "wnet", "botcomet", "botica")


def count(step: str) -> int:
    """Instructions of one, on average."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", "--collect-atstart=no"]
        command += ["--toggle-collect=Measured", f"--callgrind-out-file={folder}/out"]
        command += [str(BENCH_PROGRAMS / "count-steps"), step, str(TIMES)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    collected = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not collected or int(collected[1]) == 0:
        raise RuntimeError(f"{step} could not be counted:\n{done.stderr}")
    return round(int(collected[1]) / TIMES)


def compare(counted: Mapping[str, int], kept: Mapping[str, int]) -> list[str]:
    """What is wrong, a sentence each."""
    faults = [f"{step} is not in {KEPT.name}" for step in counted if step not in kept]
    for step in counted.keys() & kept.keys():
        if counted[step] > kept[step] * MOST:
            more = (counted[step] / kept[step] - 1) * 100
            faults.append(
                f"{step}: {counted[step]:,} instructions, {more:.0f} % more than {kept[step]:,}"
            )
    return sorted(faults)


def run(keep: bool) -> int:
    """An exit code."""
    counted = {step: count(step) for step in STEPS}
    if keep:
        KEPT.write_text(json.dumps(counted, indent=2) + "\n")
    kept = json.loads(KEPT.read_text())
    for step, instructions in counted.items():
        print(f"{step:<10} {instructions:>9,} instructions, {kept.get(step, 0):>9,} kept")
    faults = compare(counted, kept)
    for fault in faults:
        print(fault)
    return 1 if faults else 0

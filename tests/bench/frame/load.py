"""Load programs, which all speak alike, and the contenders that are made of them.

A load program connects, says `ready`, and then measures whenever it reads a line

    run WINDOW SECONDS LOT

that is: keeps WINDOW messages under way for so long, each of which comes back once; sends the next
ones as soon as LOT are back (1: each at once); and says one object of JSON: {"rate": round trips a second, "p50": us, "p99": us, "count": round trips}.
"""

from collections.abc import Sequence

from .goal import Contender, Sample
from .processes import DEADLINE, Process


def load(
    program: Process, window: int, seconds: float, watched: Sequence[Process] = (), lot: int = 1
) -> Contender:
    """Measures with a program that is ready; the CPU and memory of `watched` are told too."""

    def measure() -> Sample:
        before = {process.name: process.cpu() for process in watched}
        answer = program.ask(f"run {window} {seconds} {lot}", seconds + DEADLINE)
        count = max(answer["count"], 1)
        cpu = {process.name: (process.cpu() - before[process.name]) / count for process in watched}
        return Sample(answer, cpu, {process.name: process.rss() for process in watched})

    return measure


def await_ready(program: Process) -> Process:
    if (line := program.hear()) != "ready":
        raise RuntimeError(f"{program.name} said {line!r} instead of 'ready':\n{program.log()}")
    return program

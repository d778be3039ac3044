"""Contenders take turns, so that a noisy machine is noisy for all of them."""

import sys
from collections.abc import Mapping

from .goal import Contender, Goal, Outcome, Sample, judge
from .scene import Scene

ROUNDS = 7
QUICK_ROUNDS = 3


def interleave(
    contenders: Mapping[str, Contender], rounds: int, tell=lambda line: None
) -> list[dict[str, Sample]]:
    """Each round measures everybody once; every other round goes backwards."""
    measured = []
    for number in range(rounds):
        order = list(contenders) if number % 2 == 0 else list(reversed(contenders))
        samples = {}
        for name in order:
            samples[name] = contenders[name]()
            figures = samples[name].figures.items()
            tell(f"round {number + 1}, {name}: " + ", ".join(f"{k} {v:.6g}" for k, v in figures))
        measured.append(samples)
    return measured


def measure(goal: Goal, quick: bool) -> tuple[list[Outcome], list[dict[str, Sample]]]:
    """All outcomes, in the order of the parts, and everything behind them."""
    rounds = goal.rounds or (QUICK_ROUNDS if quick else ROUNDS)
    with Scene(quick) as scene:
        contenders = goal.contenders(scene)
        for contender in contenders.values() if goal.rounds is None else ():
            contender()  # warms up
        measured = interleave(contenders, rounds, lambda line: tell(goal, line))
    return [judge(part, measured) for part in goal.parts], measured


def tell(goal: Goal, line: str) -> None:
    print(f"{goal.id}: {line}", file=sys.stderr, flush=True)

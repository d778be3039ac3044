"""What a person reads, and what a program reads."""

import statistics
from collections.abc import Iterable, Mapping

from .goal import Goal, Outcome, Sample

ROW = "{:<5} {:<34} {:>12} {:>12} {:>8} {:>17} {:>9}  {}"


def number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def heading() -> str:
    return ROW.format("goal", "what", "value", "reference", "ratio", "spread", "bound", "met")


def rows(goal: Goal, outcomes: Iterable[Outcome]) -> Iterable[str]:
    for outcome in outcomes:
        part = outcome.part
        sign = ">=" if part.at_least is not None else "<="
        ratio = "-" if outcome.ratio is None else f"{outcome.ratio:.3g}"
        spread = f"{number(outcome.spread[0])} .. {number(outcome.spread[1])}"
        bound = f"{sign} {number(part.bound)}"
        met = "yes" if outcome.met else "NO"
        value, reference = number(outcome.value), number(outcome.reference)
        yield ROW.format(goal.id, part.name, value, reference, ratio, spread, bound, met)


def details(measured: list[Mapping[str, Sample]]) -> Iterable[str]:
    """Medians of everything that was seen of each contender."""
    for name in measured[0]:
        samples = [samples[name] for samples in measured]
        words = [f"{key} {number(_median(samples, 'figures', key))}" for key in samples[0].figures]
        for process in samples[0].cpu:
            cpu = _median(samples, "cpu", process)
            rss = _median(samples, "rss", process) / 1024
            words.append(f"{process} {cpu:.3g} us {rss:.3g} MiB")
        yield f"      {name}: " + ", ".join(words)


def summary(goal: Goal, outcomes: list[Outcome]) -> dict:
    """The part with the smallest margin speaks for the goal; `parts` has them all."""
    parts = [_object(outcome) for outcome in outcomes]
    worst = min(outcomes, key=lambda outcome: outcome.part.margin(outcome.compared))
    met = all(outcome.met for outcome in outcomes)
    return {"id": goal.id, **_object(worst), "met": met, "parts": parts}


def _object(outcome: Outcome) -> dict:
    part = outcome.part
    sign = ">=" if part.at_least is not None else "<="
    return {
        "part": part.name,
        "value": outcome.value,
        "unit": part.unit,
        "reference": outcome.reference,
        "ratio": outcome.ratio,
        "goal": f"{sign} {part.bound:g}",
        "met": outcome.met,
        "spread": outcome.spread,
    }


def _median(samples: list[Sample], kind: str, key: str) -> float:
    return statistics.median(getattr(sample, kind)[key] for sample in samples)

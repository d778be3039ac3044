"""A goal: what must be how fast, beside what; and the figures that came out.

A goal is made of parts, each of which has a bound. A part compares two *contenders*: functions that
measure once, for a second or so, and return a Sample. Contenders of a goal run in turns
(rounds.py), so parts may share them.
"""

import dataclasses
import statistics
from collections.abc import Callable, Mapping


@dataclasses.dataclass(frozen=True)
class Sample:
    """What one contender did in one round: any figures by name, for example rate, p50 and p99."""

    figures: Mapping[str, float]
    # CPU in microseconds per message, by process.
    cpu: Mapping[str, float] = dataclasses.field(default_factory=dict)
    # Resident memory in KiB, by process.
    rss: Mapping[str, int] = dataclasses.field(default_factory=dict)


Contender = Callable[[], Sample]


@dataclasses.dataclass(frozen=True)
class Part:
    """One bound. Without a reference it is about the value itself, else about value/reference.

    With `of_value` it is about the value, too, and the reference is there for comparison.
    """

    name: str
    value: str  # a contender
    reference: str | None = None  # another one
    figure: str = "rate"  # of both
    reference_figure: str | None = None  # where the reference's has another name
    at_least: float | None = None
    at_most: float | None = None
    unit: str = "/s"
    of_value: bool = False

    @property
    def bound(self) -> float:
        return self.at_least if self.at_least is not None else self.at_most

    def meets(self, figure: float) -> bool:
        if self.at_least is not None:
            return figure >= self.at_least
        return figure <= self.at_most

    def margin(self, figure: float) -> float:
        """Above 1: met. The goal is as good as its part with the smallest margin."""
        if self.at_least is not None:
            return figure / self.at_least
        return self.at_most / max(figure, 1e-9)


@dataclasses.dataclass(frozen=True)
class Outcome:
    """A part, measured."""

    part: Part
    value: float
    reference: float | None
    ratio: float | None
    spread: tuple[float, float]  # the lowest and the highest of what is compared with the bound

    @property
    def compared(self) -> float:
        return self.value if self.ratio is None or self.part.of_value else self.ratio

    @property
    def met(self) -> bool:
        return self.part.meets(self.compared)


def judge(part: Part, rounds: list[Mapping[str, Sample]]) -> Outcome:
    """The medians of all rounds; the ratio is taken within each."""
    values = [samples[part.value].figures[part.figure] for samples in rounds]
    value = statistics.median(values)
    if part.reference is None:
        return Outcome(part, value, None, None, (min(values), max(values)))
    figure = part.reference_figure or part.figure
    references = [samples[part.reference].figures[figure] for samples in rounds]
    ratios = [own / other for own, other in zip(values, references, strict=True)]
    spread = (min(ratios), max(ratios))
    return Outcome(
        part, value, statistics.median(references), statistics.median(ratios), spread
    )


class Goal:
    """One row of the table of goals. Subclasses set the first three and say who contends."""

    id: str
    sentence: str
    parts: tuple[Part, ...]
    # How often everybody is measured; None: as often as the run says. For what does not vary: 1.
    rounds: int | None = None

    def contenders(self, scene) -> dict[str, Contender]:
        """By name, all of their processes started in `scene` and ready."""
        raise NotImplementedError

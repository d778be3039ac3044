"""P8: how long a new snapshot of the routes takes, what it weighs, and whom it holds up."""

import itertools
import json

from frame.goal import Contender, Goal, Part, Sample
from frame.scene import BENCH_PROGRAMS


class Snapshot(Goal):
    id = "P8"
    sentence = "a new snapshot, from patterns that nobody has compiled before"
    parts = (
        Part("1,000 routes", "1000", figure="ms", at_most=100, unit="ms"),
        Part("10,000 routes", "10000", figure="ms", at_most=1_000, unit="ms"),
        Part("memory per route, of 1,000", "1000", figure="bytes", at_most=8_192, unit="bytes"),
        Part("memory per route, of 10,000", "10000", figure="bytes", at_most=8_192, unit="bytes"),
        # A tenth would be noticed; what is measured is a thousandth of that.
        Part("a match meanwhile, of a build", "10000", figure="of_build", at_most=0.01, unit=""),
    )

    def contenders(self, scene) -> dict[str, Contender]:
        numbers = itertools.count()

        def build(routes: str) -> Sample:
            """In a process of its own, as memory is counted."""
            command = [BENCH_PROGRAMS / "build-bench", routes]
            return Sample(json.loads(scene.start(f"build{next(numbers)}", *command).hear()))

        return {routes: lambda routes=routes: build(routes) for routes in ("1000", "10000")}

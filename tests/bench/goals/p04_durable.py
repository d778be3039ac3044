"""P4: what keeping everything costs: the hub with SQLite beside the hub with memory.

A message has two entries, delivery and order.
"""

from frame.goal import Contender, Goal, Part, Sample
from frame.hub import Hub
from frame.load import load

WINDOW = 64


class Durable(Goal):
    id = "P4"
    sentence = "durable, and hardly slower than in memory; what ends at once is not written"
    parts = (
        Part("64 under way", "sqlite", "memory", at_least=0.85),
        Part("64 under way, in lots", "sqlite, lots", "memory, lots", at_least=0.75),
        Part("1 under way, p50", "sqlite, 1", "memory, 1", figure="p50", at_most=1.3, unit="us"),
        Part("entries written", "sqlite", figure="written", at_most=0.01, unit="of all"),
    )

    def contenders(self, scene) -> dict[str, Contender]:
        contenders = {}
        for kind in ("memory", "sqlite"):
            hub = Hub(scene, kind, engine=kind)
            handler, program = hub.start_handler(0, 100), hub.start_load()
            watched = (program, hub.process, handler)
            for name, window, lot in ((kind, WINDOW, 1), (f"{kind}, 1", 1, 1)):
                measure = load(program, window, scene.seconds, watched, lot)
                contenders[name] = with_writes(measure, hub)
            lots = load(program, WINDOW, scene.seconds, watched, WINDOW // 2)
            contenders[f"{kind}, lots"] = lots
        return contenders


def with_writes(measure: Contender, hub: Hub) -> Contender:
    """Adds how many of all entries the hub wrote."""

    def measured() -> Sample:
        before = entries(hub)
        sample = measure()
        written, made = (now - then for now, then in zip(entries(hub), before, strict=True))
        return Sample({**sample.figures, "written": written / made}, sample.cpu, sample.rss)

    return measured


def entries(hub: Hub) -> tuple[int, int]:
    """How many were written, and made at all."""
    status = hub.status()
    count = {name: int(status.get(name, 0)) for name in ("entriesWritten", "deliveries", "orders")}
    return count["entriesWritten"], count["deliveries"] + count["orders"]

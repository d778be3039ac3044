"""P4: what keeping everything costs: the hub with SQLite beside the hub with memory.

How many entries were written shows in the bytes: a message has two entries, delivery and order, and
the row of one with its place in the index takes some 800 bytes. One in a hundred is 16 bytes a
message; the position of the adapter, ten times a second, comes on top.
"""

from frame.goal import Contender, Goal, Part, Sample
from frame.hub import Hub
from frame.load import load
from frame.processes import Process

WINDOW = 64


class Durable(Goal):
    id = "P4"
    sentence = "durable, and hardly slower than in memory; what ends at once is not written"
    parts = (
        Part("64 under way", "sqlite", "memory", at_least=0.85),
        Part("64 under way, in lots", "sqlite, lots", "memory, lots", at_least=0.75),
        Part("1 under way, p50", "sqlite, 1", "memory, 1", figure="p50", at_most=1.3, unit="us"),
        Part("bytes written a message", "sqlite", figure="written", at_most=24, unit="B"),
    )

    def contenders(self, scene) -> dict[str, Contender]:
        contenders = {}
        for kind in ("memory", "sqlite"):
            hub = Hub(scene, kind, engine=kind)
            handler, program = hub.start_handler(0, 100), hub.start_load()
            watched = (program, hub.process, handler)
            for name, window, lot in ((kind, WINDOW, 1), (f"{kind}, 1", 1, 1)):
                measure = load(program, window, scene.seconds, watched, lot)
                contenders[name] = with_writes(measure, hub.process)
            lots = load(program, WINDOW, scene.seconds, watched, WINDOW // 2)
            contenders[f"{kind}, lots"] = lots
        return contenders


def with_writes(measure: Contender, hub: Process) -> Contender:
    """Adds how many bytes a message the hub wrote to the disk."""

    def measured() -> Sample:
        before = hub.disk_writes()
        sample = measure()
        written = (hub.disk_writes() - before) / max(sample.figures["count"], 1)
        return Sample({**sample.figures, "written": written}, sample.cpu, sample.rss)

    return measured

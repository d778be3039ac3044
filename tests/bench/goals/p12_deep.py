"""P12: how long the slowest wait when far too much is under way."""

from frame.goal import Contender, Goal, Part, Sample
from frame.hub import Hub
from frame.load import load

WINDOW = 1024


class Deep(Goal):
    id = "P12"
    sentence = "1024 under way: p99 is hardly above what the throughput makes of the window"
    parts = (Part("p99", "hub", "hub", "p99", "by throughput", at_most=2.0, unit="us"),)

    def contenders(self, scene) -> dict[str, Contender]:
        hub = Hub(scene)
        handler, program = hub.start_handler(0, 100), hub.start_load()
        measure = load(program, WINDOW, scene.seconds, (program, hub.process, handler))

        def measured() -> Sample:
            sample = measure()
            expected = WINDOW / max(sample.figures["rate"], 1) * 1e6
            return Sample({**sample.figures, "by throughput": expected}, sample.cpu, sample.rss)

        return {"hub": measured}

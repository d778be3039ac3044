"""L2: ten times as much as the hub can do: what it does, what it weighs, how soon it is well.

The adapter's outbox is never less than half full meanwhile. Who writes so much sits elsewhere: what
has no space there is lost without having cost the processors anything.
"""

import time

from frame.goal import Contender, Goal, Part, Sample
from frame.hub import Hub

HANDLERS = 2  # Each may have 10,000 deliveries waiting, which go before all is well.
TIMES = 10
# Mailboxes of 10,000 deliveries each, the order mailbox, and what lies in the streams before them.
MOST_RSS = 512 * 1024  # KiB
WELL = 5.0  # seconds
CALM = 0.3  # of the peak
NORMAL = 50_000  # us, of p99


class Overload(Goal):
    id = "L2"
    sentence = "ten times the peak for a while: goodput, memory, and when it is as before"
    parts = (
        Part("goodput", "overload", figure="goodput", at_least=0.7, unit="of the peak"),
        Part("memory", "overload", figure="rss", at_most=MOST_RSS, unit="KiB"),
        Part("well again", "overload", figure="well", at_most=WELL, unit="s"),
    )

    def contenders(self, scene) -> dict[str, Contender]:
        hub = Hub(scene)
        hub.start_handlers(0, HANDLERS)
        adapter = hub.start_paced_load(HANDLERS)
        return {"overload": lambda: overload(hub, adapter, scene.seconds)}


def overload(hub: Hub, adapter, seconds: float) -> Sample:
    peak = find_peak(adapter, seconds)
    flood = adapter.ask(f"run {TIMES * peak} {2 * seconds} 0", 60)
    rss, ended = hub.process.rss(), time.monotonic()
    calm = f"run {CALM * peak} {seconds / 2} 0"
    while (answer := adapter.ask(calm, 60))["p99"] > NORMAL and time.monotonic() - ended < 30:
        pass
    # The grace behind each measurement, and the measurement that was well.
    well = max(0.0, time.monotonic() - ended - 1 - seconds / 2)
    goodput = flood["rate"] / peak
    return Sample({"goodput": goodput, "rss": rss, "well": well, "peak": peak, **answer})


def find_peak(adapter, seconds: float) -> float:
    """What comes back in time of more and more, until more does not help."""
    rate, best = 2_000.0, 0.0
    while True:
        answered = adapter.ask(f"run {rate} {seconds} 0", 60)["rate"]
        if answered < 1.05 * best or answered < 0.8 * rate:
            return max(best, answered)
        best, rate = answered, rate * 1.5

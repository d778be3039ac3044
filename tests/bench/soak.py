"""Load and churn for a long time: does the hub grow?

`scripts/bench --soak MINUTES`: messages come at one pace all the time, so that what the hub has to
remember does not depend on the machine's mood; in every cycle WebSocket clients and handlers come
and go, and a handler is killed with what it holds and comes back with other routes. At the end of a
cycle, with the same peers as ever, the hub's resident memory and open files are looked at.
"""

import random
import threading
import time
from collections.abc import Sequence

from frame.hub import Hub
from frame.idle import Crowd
from frame.scene import Scene

CLIENTS, HANDLERS = 50, 20  # between the cycles
RATE = 1_000  # messages a second
LEAST_BACK = 0.9  # of them, killed handlers or not
CYCLE = 5.0  # seconds
WARM_UP = 0.25  # of the time, at least
REMEMBERED = 600.0  # seconds: how long the hub knows ids again, and dead letters and users before
MOST_DRIFT = 1024.0  # KiB an hour
MOST_NEW_FILES = 8


def drift(seen: Sequence[tuple[float, float]], warm_up: float) -> float:
    """The slope of (seconds, KiB) behind the warm-up, by least squares: KiB an hour."""
    points = [(at / 3600, value) for at, value in seen if at >= warm_up]
    if len(points) < 2:
        return 0.0
    middle = sum(at for at, _ in points) / len(points)
    above = sum((at - middle) * value for at, value in points)
    return above / sum((at - middle) ** 2 for at, _ in points)


class Churn:
    """A hub, and those who come and go."""

    def __init__(self, scene: Scene):
        self.hub = Hub(scene, engine="sqlite", gateway=True)
        self._handlers = [self.hub.start_handler(0, 100), self.hub.start_handler(1, 100)]
        self._load = self.hub.start_paced_load(handlers=2)
        self._crowds = (
            (Crowd(scene, "clients", "web-socket", f"{self.hub.gateway}/wnet/ws"), CLIENTS),
            (Crowd(scene, "handlers", "handler", self.hub.address, self.hub.token), HANDLERS),
        )
        self.messages = 0

    def cycle(self) -> None:
        """Returns when everything is as it was."""
        told = {}

        def flow() -> None:
            told.update(self._load.ask(f"run {RATE} {CYCLE} 0", CYCLE + 60))

        flowing = threading.Thread(target=flow)
        flowing.start()
        for crowd, count in self._crowds:
            crowd.hold(random.randint(0, 4 * count))
        self._handlers.pop().end()
        self._handlers.append(self.hub.start_handler(1, random.randint(2, 200)))
        for crowd, count in self._crowds:
            crowd.hold(count)
        flowing.join()
        back = told.get("rate", 0) * CYCLE + told.get("late", 0)
        if back < LEAST_BACK * RATE * CYCLE:
            raise RuntimeError(f"only {back:.0f} messages came back in a cycle")
        self.messages += round(back)


def run(minutes: float) -> int:
    """An exit code: 1 if the hub grows."""
    seen, files = [], []
    with Scene(quick=False) as scene:
        churn = Churn(scene)
        start = time.monotonic()
        while (passed := time.monotonic() - start) < 60 * minutes or len(seen) < 4:
            churn.cycle()
            time.sleep(0.5)
            seen.append((time.monotonic() - start, churn.hub.process.rss()))
            files.append(churn.hub.process.open_files())
            print(f"{passed:6.0f} s: {seen[-1][1]:,} KiB, {files[-1]} files", flush=True)
    length = seen[-1][0]
    warm_up = max(WARM_UP * length, min(1.2 * REMEMBERED, length / 2))
    first = next(number for number, (at, _) in enumerate(seen) if at >= warm_up)
    slope = drift(seen, warm_up)
    more_files = files[-1] - files[first]
    print(f"{churn.messages:,} messages; behind a warm-up of {warm_up:.0f} s:")
    print(f"drift {slope:,.0f} KiB/h, {more_files} more open files")
    if warm_up < REMEMBERED:
        print("too short to judge memory: what the hub remembers of ten minutes still grows")
        slope = 0.0
    fine = slope < MOST_DRIFT and more_files <= MOST_NEW_FILES
    print("met" if fine else "NOT met")
    return 0 if fine else 1

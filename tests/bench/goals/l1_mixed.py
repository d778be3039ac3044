"""L1: whether neighbours hurt: one stands still, one floods the chat, one burns the processor.

Measured are the answers of the others. What floods answers each of its messages with a thousand,
which would be eleven times as much for the hub to post; or with a hundred, which would be twice as
much. The reference is the same load with the burner as a program that has nothing to do with the
hub, and all handlers in good health: two processors have no room for a third anyway. Each is
measured five times, and the middle one counts: for a second or two, a system may put everything on
one processor.
"""

import itertools
import signal

from frame.goal import Contender, Goal, Part, Sample
from frame.hub import Hub
from frame.load import await_ready
from frame.scene import BENCH_PROGRAMS

HANDLERS = 100
GOOD = HANDLERS - 3
LOAD = 0.3  # of the peak
PEAK_WINDOW = 64
WARM_UP = 0.25  # seconds: behind a pause, everything stands on one processor, beside the burner
TIMES = 5


class Mixed(Goal):
    id = "L1"
    sentence = "100 handlers at 30 % of the peak, three of them bad neighbours; p99 of the others"
    parts = (
        Part("p99", "bad neighbours", "healthy", "p99", at_most=1.2, unit="us"),
        Part("p99, flood of 100", "smaller flood", "healthy", "p99", at_most=1.2, unit="us"),
        Part("answered", "bad neighbours", figure="answered", at_least=0.99, unit=""),
    )

    def contenders(self, scene) -> dict[str, Contender]:
        seconds = scene.seconds
        rate = LOAD * peak(scene)
        return {
            "healthy": lambda: mixed(scene, rate, seconds),
            "smaller flood": lambda: mixed(scene, rate, seconds, flood=100),
            "bad neighbours": lambda: mixed(scene, rate, seconds, flood=1_000),
        }


_numbers = itertools.count()


def peak(scene) -> float:
    """Messages a second, through as many handlers."""
    hub = Hub(scene, "peak")
    hub.start_handlers(0, HANDLERS)
    load = hub.start_load(HANDLERS, conversations=HANDLERS)
    load.ask(f"run {PEAK_WINDOW} {scene.seconds} 1")
    rate = load.ask(f"run {PEAK_WINDOW} {scene.seconds} 1")["rate"]
    load.end()
    return rate


def mixed(scene, rate: float, seconds: float, flood: int = 0) -> Sample:
    """With a hub of its own, as a flood leaves much behind; without one, all are healthy."""
    name = f"mixed{next(_numbers)}"
    hub = Hub(scene, name)
    processes = [hub.process, hub.start_handlers(0, GOOD)]
    if flood:
        stopped = hub.start_handler(GOOD)
        stopped.signal(signal.SIGSTOP)
        processes.append(stopped)
        processes.append(start_bad(scene, hub, "flood", HANDLERS - 2, flood))
        processes.append(start_bad(scene, hub, "burn", HANDLERS - 1))
    else:
        processes.append(hub.start_handlers(GOOD, HANDLERS - GOOD))
        burner = ["nice", "-n", "19", "sh", "-c", "while :; do :; done"]
        processes.append(scene.start(f"{name}-burner", *burner))
    adapter = hub.start_paced_load(HANDLERS)
    adapter.ask(f"run {rate} {seconds} 0")
    answers = [adapter.ask(f"run {rate} {seconds} {WARM_UP}", seconds + 30) for _ in range(TIMES)]
    for process in (adapter, *processes):
        process.end()
    back = sum(answer["rate"] * seconds + answer["late"] for answer in answers)
    sent = sum(answer["sent"] for answer in answers) * GOOD / HANDLERS
    middle = sorted(answers, key=lambda answer: answer["p99"])[TIMES // 2]
    return Sample({**middle, "answered": back / sent})


def start_bad(scene, hub: Hub, kind: str, *numbers: int):
    command = [BENCH_PROGRAMS / "bad-handler", kind, *map(str, numbers)]
    return await_ready(scene.start(f"{hub.process.name}-{kind}", *command, **hub.environment))

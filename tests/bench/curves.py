"""How the hub grows: throughput, p99 and memory against one thing at a time.

`scripts/bench --curves` measures all of it and writes docs/performance.* anew.
"""

import dataclasses
import statistics
import sys
from collections.abc import Callable, Sequence

from frame.hub import Hub
from frame.idle import Crowd
from frame.load import load
from frame.processes import Process
from frame.scene import Scene

WINDOW = 64
TURNS = 3
SECONDS = 0.7  # of a turn
QUICK_SECONDS = 0.2


@dataclasses.dataclass(frozen=True)
class Curve:
    """Starts what a point needs; gives the load program and the hub."""

    id: str
    title: str
    axis: str
    points: Sequence[int]
    set_up: Callable[[Scene, int], tuple[Process, Hub]]
    why: str  # it bends where it bends


def routes(scene: Scene, count: int) -> tuple[Process, Hub]:
    hub = Hub(scene)
    for number in range(-(-count // 1_000)):  # So many routes a handler may have.
        hub.start_handler(number, min(count, 1_000))
    return hub.start_load(), hub


def handlers(scene: Scene, count: int) -> tuple[Process, Hub]:
    hub = Hub(scene)
    for first in range(0, count, 100):  # So many streams a connection may have.
        hub.start_handlers(first, min(count, 100))
    return hub.start_load(handlers=count, conversations=max(count, WINDOW)), hub


def idle_clients(scene: Scene, count: int) -> tuple[Process, Hub]:
    hub = Hub(scene, gateway=True)
    Crowd(scene, "crowd", "web-socket", f"{hub.gateway}/wnet/ws").hold(count)
    hub.start_handler(0, 100)
    return hub.start_load(), hub


def idle_handlers(scene: Scene, count: int) -> tuple[Process, Hub]:
    hub = Hub(scene)
    Crowd(scene, "crowd", "handler", hub.address, hub.token).hold(count)
    hub.start_handler(0, 100)
    return hub.start_load(), hub


def conversations(scene: Scene, count: int) -> tuple[Process, Hub]:
    hub = Hub(scene)
    hub.start_handler(0, 100)
    return hub.start_load(conversations=count), hub


def sizes(scene: Scene, count: int) -> tuple[Process, Hub]:
    hub = Hub(scene)
    hub.start_handler(0, 100)
    return hub.start_load(size=count), hub


CURVES = (
    Curve(
        "routes", "Routes", "routes", (10, 100, 1_000, 10_000), routes,
        "A text is looked up among the literals of all routes at once, so throughput hardly falls;"
        " what grows is memory, by the compiled patterns. From 1,000 on there are several handlers,"
        " of which all but one are idle.",
    ),
    Curve(
        "handlers", "Handlers at work", "handlers", (1, 10, 50, 100, 500), handlers,
        "With one handler, many deliveries share a frame and a write; with many, each gets a frame"
        " of its own, so throughput falls until a frame holds one item, at about as many handlers"
        " as messages are under way. Beyond, only memory grows, by a stream and its session each.",
    ),
    Curve(
        "idle-clients", "Idle WebSocket clients", "clients", (0, 100, 1_000, 5_000, 10_000),
        idle_clients,
        "Who says nothing costs memory and a ping every 12 s. There is no bend; the gateway's limit"
        " is 10,000.",
    ),
    Curve(
        "idle-handlers", "Idle gRPC handlers", "handlers", (0, 100, 500, 1_000), idle_handlers,
        "Likewise, with gRPC's transport and call for each connection.",
    ),
    Curve(
        "conversations", "Conversations", "conversations", (1, 10, 100, 1_000, 10_000, 100_000),
        conversations,
        "The messages of one conversation are handed out in order and handled one after the other,"
        " which costs nothing while the function takes microseconds. Memory grows with the users"
        " and rooms that the hub remembers, up to `limits.users` (100,000) and `limits.rooms`"
        " (10,000): hence its bend.",
    ),
    Curve(
        "sizes", "Size of a message", "bytes", (16, 64, 256, 1_024, 4_096, 16_384, 65_536), sizes,
        "Up to about 1 KiB the cost of a message is that of its items and frames; then bytes are"
        " copied, and searched for literals. A pattern sees 8 KiB, so beyond that neither the"
        " search nor the answer grows, and only the transport of what comes in does.",
    ),
)  # fmt: skip


def measure_point(curve: Curve, count: int, quick: bool) -> dict[str, float]:
    """The medians of a few turns, when everything was met once."""
    with Scene(quick) as scene:
        program, hub = curve.set_up(scene, count)
        turn = load(program, WINDOW, QUICK_SECONDS if quick else SECONDS, (hub.process,))
        met = turn().figures["count"]
        while curve.id == "conversations" and met < count:
            met += turn().figures["count"]
        samples = [turn() for _ in range(TURNS)]
        return {
            "at": count,
            "rate": statistics.median(sample.figures["rate"] for sample in samples),
            "p99": statistics.median(sample.figures["p99"] for sample in samples),
            "rss": statistics.median(sample.rss[hub.process.name] for sample in samples),
        }


def measure(quick: bool) -> dict[str, list[dict[str, float]]]:
    """By curve; KiB and microseconds."""
    measured = {}
    for curve in CURVES:
        measured[curve.id] = []
        for count in curve.points:
            point = measure_point(curve, count, quick)
            measured[curve.id].append(point)
            print(f"{curve.id}: {point}", file=sys.stderr, flush=True)
    return measured

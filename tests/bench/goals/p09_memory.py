"""P9: what a hub weighs, and each more that is connected to it and does nothing."""

import time

from frame.goal import Contender, Goal, Part, Sample
from frame.hub import Hub
from frame.idle import Crowd
from frame.processes import Process
from frame.references import GrpcRelay, WebSocketRelay

FIRST = 100  # What comes with the first is not counted.
CALM = 1.0  # seconds, after which all that is said of arrivals is said


class Memory(Goal):
    id = "P9"
    sentence = "resident memory of a hub, and of each idle client and handler; beside bare servers"
    rounds = 1
    parts = (
        Part("empty hub", "empty", figure="KiB", at_most=25 * 1024, unit="KiB"),
        Part(
            "an idle WebSocket client", "client", "bare Beast", figure="KiB",
            at_most=10, unit="KiB", of_value=True,
        ),
        Part(
            "an idle gRPC handler", "handler", "bare gRPC", figure="KiB",
            at_most=45, unit="KiB", of_value=True,
        ),
    )

    def contenders(self, scene) -> dict[str, Contender]:
        # One each: what clients leave behind would be taken by handlers.
        hub, other = (Hub(scene, name, "sqlite", gateway=True) for name in ("hub", "hub2"))
        # The keys that it makes at its first start cost more than anything that comes later.
        hub.restart()
        grpc, beast = GrpcRelay(scene, "grpc"), WebSocketRelay(scene, "beast", "beast")
        clients, handlers = (4_000, 1_000) if not scene.quick else (1_000, 400)

        def each(process: Process, kind: str, count: int, *words: str) -> Contender:
            crowd = Crowd(scene, f"{process.name}-{kind}", kind, *words)
            return lambda: Sample({"KiB": per_one(process, crowd, count)})

        return {
            "empty": lambda: Sample({"KiB": settled(hub.process)}),
            "client": each(hub.process, "web-socket", clients, f"{hub.gateway}/wnet/ws"),
            "bare Beast": each(beast.process, "web-socket", clients, f"{beast.address}/idle"),
            "handler": each(other.process, "handler", handlers, other.address, other.token),
            "bare gRPC": each(grpc.process, "relay", handlers, grpc.address),
        }


def settled(process: Process) -> float:
    time.sleep(CALM)
    return process.rss()


def per_one(process: Process, crowd: Crowd, count: int) -> float:
    """KiB of each that comes behind the first."""
    crowd.hold(FIRST)
    before = settled(process)
    crowd.hold(FIRST + count)
    grown = settled(process) - before
    crowd.hold(0)
    return grown / count

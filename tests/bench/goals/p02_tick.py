"""P2: the hub beside a bare relay that writes at the end of a tick, many messages in a frame."""

from frame.goal import Contender, Goal, Part
from frame.hub import Hub
from frame.load import load
from frame.references import GrpcRelay

WINDOW = 64


class Tick(Goal):
    id = "P2"
    sentence = "64 under way, 100 routes: nearly as fast as a bare gRPC relay that flushes per tick"
    parts = (Part("1 handler", "hub", "relay", at_least=0.7),)

    def contenders(self, scene) -> dict[str, Contender]:
        hub = Hub(scene)
        handler, hub_load = hub.start_handler(0, 100), hub.start_load()
        bare = GrpcRelay(scene, "relay", "tick")
        watched = (hub_load, hub.process, handler)
        bare_watched = (bare.load, bare.process, bare.echoes[0])
        return {
            "hub": load(hub_load, WINDOW, scene.seconds, watched),
            "relay": load(bare.load, WINDOW, scene.seconds, bare_watched),
        }

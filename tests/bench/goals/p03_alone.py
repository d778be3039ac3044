"""P3: how long one message alone takes, beside a bare relay."""

from frame.goal import Contender, Goal, Part
from frame.hub import Hub
from frame.load import load
from frame.references import GrpcRelay


class Alone(Goal):
    id = "P3"
    sentence = "1 under way, 100 routes: hardly slower than through a bare gRPC relay"
    parts = (Part("p50", "hub", "relay", figure="p50", at_most=1.3, unit="us"),)

    def contenders(self, scene) -> dict[str, Contender]:
        hub = Hub(scene)
        handler, hub_load = hub.start_handler(0, 100), hub.start_load()
        bare = GrpcRelay(scene, "relay")
        watched = (hub_load, hub.process, handler)
        bare_watched = (bare.load, bare.process, bare.echoes[0])
        return {
            "hub": load(hub_load, 1, scene.seconds, watched),
            "relay": load(bare.load, 1, scene.seconds, bare_watched),
        }

"""P1: the hub beside a bare relay that writes every message into a frame of its own."""

from frame.goal import Contender, Goal, Part
from frame.hub import Hub
from frame.load import load
from frame.references import GrpcRelay

ROUTES = 100
WINDOW = 64


class Relay(Goal):
    id = "P1"
    sentence = "64 under way, 100 routes: as fast as a bare gRPC relay with single frames, and more"
    parts = (
        Part("1 handler", "hub", "relay", at_least=1.6),
        Part("8 handlers", "hub, 8", "relay, 8", at_least=1.3),
        Part("1 handler, messages come in lots", "hub, lots", "relay", at_least=5),
    )

    def contenders(self, scene) -> dict[str, Contender]:
        one = Hub(scene, "hub")
        handler, hub_load = one.start_handler(0, ROUTES), one.start_load()
        eight = Hub(scene, "hub8")
        for number in range(8):
            eight.start_handler(number, ROUTES // 8)
        hub8_load = eight.start_load(handlers=8)
        bare, bare8 = GrpcRelay(scene, "relay"), GrpcRelay(scene, "relay8", echoes=8)

        def contender(program, *watched, lot=1) -> Contender:
            return load(program, WINDOW, scene.seconds, (program, *watched), lot)

        return {
            "hub": contender(hub_load, one.process, handler),
            "relay": contender(bare.load, bare.process, bare.echoes[0]),
            "hub, lots": contender(hub_load, one.process, handler, lot=WINDOW // 2),
            "hub, 8": contender(hub8_load, eight.process),
            "relay, 8": contender(bare8.load, bare8.process),
        }

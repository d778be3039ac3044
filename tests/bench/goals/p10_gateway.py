"""P10: clients of WNet talk to a gRPC handler, beside a bare relay of WebSockets in Node.js.

Each has one client with everything under way. The gateway would hear 1,000 messages a second from
it; here it may say more.
"""

from frame.goal import Contender, Goal, Part
from frame.hub import Hub
from frame.load import load
from frame.references import WebSocketRelay

WINDOW = 64


class Gateway(Goal):
    id = "P10"
    sentence = "from a WebSocket through the gateway to a gRPC handler and back, parsed and routed"
    parts = (Part("64 under way", "hub", "node", at_least=1.2),)

    def contenders(self, scene) -> dict[str, Contender]:
        hub = Hub(scene, gateway=True, toml="[gateway]\nframes_per_second = 1_000_000\n")
        handler, client = hub.start_handler(0, 100), hub.start_wnet_load(1)
        node = WebSocketRelay(scene, "node", "node")
        beast = WebSocketRelay(scene, "beast", "beast")

        def contender(program, *watched) -> Contender:
            return load(program, WINDOW, scene.seconds, (program, *watched))

        return {
            "hub": contender(client, hub.process, handler),
            "node": contender(node.load, node.process, node.echoes[0]),
            "beast": contender(beast.load, beast.process, beast.echoes[0]),
        }

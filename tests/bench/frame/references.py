"""What the hub is measured beside, each in processes of its own. `load` is a load program (load.py)."""

import shutil
import socket

from .load import await_ready
from .scene import BENCH_PROGRAMS, NODE_PROGRAMS, Scene, free_port


class GrpcRelay:
    """Bare gRPC (references/grpc_relay.cc): one load, so many echoes, and the relay between them.

    `way` is how the relay writes: `single` frames, or per `tick`.
    """

    def __init__(self, scene: Scene, name: str, way: str = "single", echoes: int = 1):
        self.address = f"127.0.0.1:{free_port()}"

        def start(role: str, program: str, *words: str):
            return await_ready(
                scene.start(f"{name}-{role}", BENCH_PROGRAMS / program, self.address, *words)
            )

        self.process = start("relay", "grpc-relay", way)
        self.echoes = [start(f"echo{number}", "grpc-echo") for number in range(echoes)]
        self.load = start("load", "grpc-load")


class Nats:
    """nats-server with its C client: request and reply, everything flushed at once."""

    def __init__(self, scene: Scene, name: str, echoes: int = 1):
        port = free_port()
        url = f"nats://127.0.0.1:{port}"
        command = [installed("nats-server"), "--addr", "127.0.0.1", "--port", str(port)]
        self.process = scene.start(name, *command)
        self.process.await_true(lambda: "Server is ready" in self.process.log(), "is ready")
        self.echoes = [
            await_ready(
                scene.start(f"{name}-echo{number}", BENCH_PROGRAMS / "nats-echo", url, str(number))
            )
            for number in range(echoes)
        ]
        load = [BENCH_PROGRAMS / "nats-load", url, str(echoes)]
        self.load = await_ready(scene.start(f"{name}-load", *load))


class Redis:
    """redis: publish and subscribe, there and back."""

    def __init__(self, scene: Scene, name: str):
        port = str(free_port())
        command = [installed("redis-server"), "--bind", "127.0.0.1", "--port", port]
        self.process = scene.start(name, *command, "--save", "", "--dir", str(scene.folder))
        self.process.await_true(lambda: can_connect(int(port)), "listens")
        self.echoes = [
            await_ready(scene.start(f"{name}-echo", BENCH_PROGRAMS / "redis-echo", port))
        ]
        self.load = await_ready(scene.start(f"{name}-load", BENCH_PROGRAMS / "redis-load", port))


class WebSocketRelay:
    """A relay of WebSockets, in Beast or in Node.js with ws; its peers are Beast."""

    def __init__(self, scene: Scene, name: str, kind: str):
        port = str(free_port())
        self.address = f"127.0.0.1:{port}"
        command = {
            "beast": [BENCH_PROGRAMS / "beast-relay", port],
            "node": ["node", NODE_PROGRAMS / "ws_relay.js", port],
        }
        self.process = await_ready(scene.start(name, *command[kind]))
        echo = [BENCH_PROGRAMS / "web-socket-echo", port]
        self.echoes = [await_ready(scene.start(f"{name}-echo", *echo))]
        load = [BENCH_PROGRAMS / "web-socket-load", port]
        self.load = await_ready(scene.start(f"{name}-load", *load))


class Hubot:
    """Hubot with so many listeners, all in one process and without any network."""

    def __init__(self, scene: Scene, name: str, listeners: int):
        command = ["node", NODE_PROGRAMS / "hubot_listeners.js", str(listeners)]
        self.load = self.process = await_ready(scene.start(name, *command))


def installed(program: str) -> str:
    if path := shutil.which(program, path="/usr/sbin:/usr/bin:/usr/local/bin"):
        return path
    raise RuntimeError(f"{program} is not installed; scripts/packages/bench.txt lists it")


def can_connect(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0

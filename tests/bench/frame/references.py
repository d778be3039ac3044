"""What the hub is measured beside, each in processes of its own."""

from .load import await_ready
from .scene import BENCH_PROGRAMS, Scene, free_port


class GrpcRelay:
    """Bare gRPC (references/grpc_relay.cc): one load, so many echoes, and the relay between them."""

    def __init__(self, scene: Scene, name: str, way: str = "single", echoes: int = 1):
        address = f"127.0.0.1:{free_port()}"

        def start(role: str, program: str, *words: str):
            command = [BENCH_PROGRAMS / program, address, *words]
            return await_ready(scene.start(f"{name}-{role}", *command))

        self.process = start("relay", "grpc-relay", way)
        self.echoes = [start(f"echo{number}", "grpc-echo") for number in range(echoes)]
        self.load = start("load", "grpc-load")

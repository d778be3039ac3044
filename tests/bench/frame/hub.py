"""The real hub in a scene, and its real peers."""

import json
import subprocess

from .load import await_ready
from .processes import Process
from .scene import BENCH_PROGRAMS, PROGRAMS, Scene, free_port


class Hub:
    """`chathub serve` with everything in a folder of its own."""

    def __init__(
        self,
        scene: Scene,
        name: str = "hub",
        engine: str = "memory",
        toml: str = "",
        gateway: bool = False,
    ):
        self._scene = scene
        self._name = name
        folder = scene.folder_for(name)
        self.data = folder / "data"
        configuration = folder / "chathub.toml"
        configuration.write_text(
            f'adapter = "bench"\n{toml}\n[engine]\nkind = "{engine}"\n[log]\nlevel = "warning"\n'
        )
        self._command = [PROGRAMS / "chathub", "serve", "--config", configuration]
        self._command += ["--data", self.data, "--listen", "127.0.0.1:0", "--gateway"]
        self._gateway_port = free_port() if gateway else None
        self._command += [f"127.0.0.1:{self._gateway_port}" if gateway else "off"]
        self._start()

    def _start(self) -> None:
        self.process = self._scene.start(self._name, *self._command)
        self.process.await_true((self.data / "endpoints").exists, "is ready")

    def restart(self) -> None:
        """Nobody may be attached. What a hub does at its first start alone, it has done then."""
        self.process.stop()
        self._start()

    @property
    def address(self) -> str:
        """Its port on loopback: references have no Unix socket either."""
        lines = (self.data / "endpoints").read_text().split()
        return next(line for line in lines if not line.startswith("unix:"))

    @property
    def gateway(self) -> str:
        """HOST:PORT for WebSockets."""
        return f"127.0.0.1:{self._gateway_port}"

    @property
    def token(self) -> str:
        return (self.data / "owner-token").read_text().strip()

    def status(self) -> dict:
        """What `chathub status` counts."""
        command = [PROGRAMS / "chathub", "status", "--json", "--data", self.data]
        return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)

    @property
    def environment(self) -> dict[str, str]:
        return {"CHATHUB_DATA": str(self.data), "CHATHUB_ADDRESS": self.address}

    def start_handler(self, number: int = 0, routes: int = 1) -> Process:
        """Answers `work<number> TEXT` with TEXT; `routes` in all, of which the others never match."""
        name = f"{self._name}-handler{number}"
        command = [BENCH_PROGRAMS / "echo-handler", str(number), str(routes)]
        return await_ready(self._scene.start(name, *command, **self.environment))

    def start_handlers(self, first: int, count: int) -> Process:
        """So many, each with one route, in one process."""
        command = [BENCH_PROGRAMS / "many-handlers", str(first), str(count)]
        name = f"{self._name}-handlers{first}"
        return await_ready(self._scene.start(name, *command, **self.environment))

    def start_load(self, handlers: int = 1, conversations: int = 0, size: int = 100) -> Process:
        """An adapter that is a load program (load.py) and spreads its messages over the handlers.

        With a number of conversations, every message is in the next of them; else those of a slot
        are one.
        """
        command = [BENCH_PROGRAMS / "load-adapter", str(handlers), str(conversations), str(size)]
        return await_ready(self._scene.start(f"{self._name}-load", *command, **self.environment))

    def start_paced_load(self, handlers: int) -> Process:
        """An adapter whose users do not wait for answers: programs/paced_adapter.cc has its words."""
        command = [BENCH_PROGRAMS / "paced-adapter", str(handlers)]
        name = f"{self._name}-adapter"
        return await_ready(self._scene.start(name, *command, **self.environment))

    def start_wnet_load(self, clients: int) -> Process:
        """Clients of WNet that are a load program together; they talk to handler 0."""
        command = [BENCH_PROGRAMS / "wnet-load", str(self._gateway_port), str(clients)]
        return await_ready(self._scene.start(f"{self._name}-client", *command))

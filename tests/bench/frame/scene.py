"""Where one goal is measured: a temporary folder and the processes that run in it."""

import contextlib
import os
import pathlib
import socket
import tempfile

from .processes import Process

ROOT = pathlib.Path(__file__).resolve().parents[3]
BUILD = pathlib.Path(os.environ.get("CHATHUB_BUILD", ROOT / "build"))
PROGRAMS = BUILD / "bin"
BENCH_PROGRAMS = BUILD / "bench"
NODE_PROGRAMS = BUILD / "node" / "bench"


def free_port() -> int:
    """Of 127.0.0.1; somebody else may take it before you do."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


class Scene(contextlib.ExitStack):
    """Ends everything that was started in it, the youngest first."""

    def __init__(self, quick: bool):
        super().__init__()
        self.quick = quick
        # Directly under /tmp: the path of a Unix socket has room for 107 bytes.
        self.folder = pathlib.Path(
            self.enter_context(tempfile.TemporaryDirectory(prefix="chathub-bench-", dir="/tmp"))
        )

    @property
    def seconds(self) -> float:
        """How long a contender that counts is measured in one round."""
        return 0.5 if self.quick else 1.5

    def start(self, name: str, *command: str | os.PathLike, **environment: str) -> Process:
        """A process of this scene: its log is NAME.log in the folder."""
        process = Process(name, command, self.folder / f"{name}.log", environment)
        return self.enter_context(process)

    def folder_for(self, name: str) -> pathlib.Path:
        path = self.folder / name
        path.mkdir()
        return path

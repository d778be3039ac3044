"""Crowds that are connected and do nothing."""

import resource
import sys

from .load import await_ready
from .processes import Process
from .scene import BUILD, ROOT, Scene

_PROGRAM = ROOT / "tests" / "bench" / "programs" / "idle.py"
_PATIENCE = 120.0  # seconds, for thousands on a busy machine


class Crowd:
    """programs/idle.py, which says what kinds there are."""

    def __init__(self, scene: Scene, name: str, kind: str, *words: str):
        let_open_many_files()
        command = [sys.executable, "-B", _PROGRAM, kind, *words]
        stubs = {"CHATHUB_STUBS": str(BUILD / "python")}
        self.process: Process = await_ready(scene.start(name, *command, **stubs))

    def hold(self, count: int) -> None:
        """From now on they are so many."""
        self.process.ask(f"hold {count}", _PATIENCE)


def let_open_many_files() -> None:
    """Ourselves and what we start: as many as the system allows us."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def most_connections() -> int:
    """Of one process."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[1] - 200

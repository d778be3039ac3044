"""`scripts/start` as its own process, on a data folder of its own and any free port."""

import os
import pty
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

from . import PROGRAMS
from .waiting import DEADLINE, wait_until

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "start"
ANY_PORT = ("--", "--listen", "127.0.0.1:0")


class Place:
    """A user's folders. Every process that was started there can be found by it."""

    def __init__(self):
        # Directly under /tmp: the path of a Unix socket has room for 107 bytes.
        self._folder = tempfile.TemporaryDirectory(prefix="chathub-start-", dir="/tmp")
        self.data = Path(self._folder.name) / "data"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": self._folder.name,
            "TERM": "xterm",
            "CHATHUB_DATA": str(self.data),
            "CHATHUB_BUILD": str(PROGRAMS.parent),
        }

    def processes(self):
        """Id and command line of everything that runs here."""
        mark = f"CHATHUB_DATA={self.data}".encode()
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (process / "environ").read_bytes().split(b"\0"):
                    words = (process / "cmdline").read_bytes().split(b"\0")
                    found[int(process.name)] = b" ".join(words).decode().strip()
            except OSError:
                pass  # It ended meanwhile.
        return found

    def process(self, part):
        """The id of the one whose command line holds this."""
        [pid] = [pid for pid, line in self.processes().items() if part in line]
        return pid

    def remove(self):
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        self._folder.cleanup()


def run(place, *options, text="", cwd="/"):
    """Runs it to its end with this input; what subprocess.run returns."""
    return subprocess.run(
        [SCRIPT, *options],
        input=text,
        capture_output=True,
        text=True,
        cwd=cwd,
        env=place.environment,
        timeout=60,
        check=False,
    )


class Headless:
    """`scripts/start --headless`, ready."""

    def __init__(self, place):
        self.process = subprocess.Popen(
            [SCRIPT, "--headless", *ANY_PORT],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=place.environment,
        )
        for line in self.process.stderr:
            if "the hub listens on" in line:
                return
        raise AssertionError(f"it ended with {self.process.wait()}")

    def wait_end(self):
        """Its exit code, and what it said since it was ready."""
        said = "".join(self.process.communicate(timeout=DEADLINE))
        return self.process.returncode, said


class Terminal:
    """`scripts/start` on a terminal, and somebody in front of it."""

    def __init__(self, place):
        self._seen = ""
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            os.execve(SCRIPT, [str(SCRIPT), *ANY_PORT], place.environment)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        while True:
            try:
                self._seen += os.read(self._terminal, 4096).decode(errors="replace")
            except OSError:
                return  # The other side was closed.

    def type(self, text):
        os.write(self._terminal, text.encode())

    def wait_text(self, text):
        """Until the screen shows this, behind what was waited for before."""
        wait_until(lambda: text in self._seen, f"{text!r} on the screen")
        self._seen = self._seen.split(text, 1)[1]

    def wait_end(self):
        """Its exit code."""
        _, status = wait_until(self._reap, "the end of it")
        return os.waitstatus_to_exitcode(status)

    def _reap(self):
        pid, status = os.waitpid(self._pid, os.WNOHANG)
        return (pid, status) if pid else None

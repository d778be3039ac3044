"""One of our own programs as a process that finds its hub by itself."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from . import PROGRAMS, STUBS
from .waiting import DEADLINE, Log

_ROLL = Path(__file__).resolve().parents[3] / "handlers" / "roll" / "roll.py"


class Program:
    """A name from the folder of programs, or `roll` for the handler in Python.

    What it says on stderr stands in the hub's log.
    """

    def __init__(self, hub, name, *arguments):
        start = [sys.executable, str(_ROLL)] if name == "roll" else [str(PROGRAMS / name)]
        with hub.open_log() as log:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", *start, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "CHATHUB_DATA": str(hub.data), "CHATHUB_STUBS": str(STUBS)},
            )
        self.lines = Log()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        with self._process.stdout as lines:
            for line in lines:
                self.lines.add(line.rstrip("\n"))
        self.lines.close("the program ended")

    def type(self, line):
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def end_input(self):
        self._process.stdin.close()

    def wait_line(self, line):
        return self.lines.wait(lambda entry: entry == line)

    def wait_end(self, timeout=DEADLINE):
        """Its exit code."""
        return self._process.wait(timeout)

    def terminate(self):
        self._process.terminate()

    def kill(self):
        self._process.kill()
        self._process.wait()
        if not self._process.stdin.closed:
            self._process.stdin.close()

"""The program under test, as a process of its own."""

import contextlib
import os
import subprocess
import threading

from . import frames  # noqa: F401  (puts the harness on the path)
from harness.waiting import DEADLINE, Log


class Program:
    """Runs `command` with nothing of Chathub's in its environment but what is given."""

    def __init__(self, command, log, **environment):
        """`log`: the file for what it says on stderr."""
        self._log = log
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("CHATHUB_")}
        with log.open("ab") as stderr:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", *command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                env={**inherited, **environment},
            )
        # Of its stdout.
        self.lines = Log()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        with self._process.stdout as lines:
            for line in lines:
                self.lines.add(line.rstrip("\n"))
        self.lines.close("the program ended")

    @property
    def pid(self):
        return self._process.pid

    def runs(self):
        return self._process.poll() is None

    def said(self):
        """All of its stderr so far."""
        return self._log.read_text(errors="replace")

    def terminate(self):
        self._process.terminate()

    def wait_end(self, timeout=DEADLINE):
        """Its exit code."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the program still runs after {timeout:g} s") from None

    def kill(self):
        """As a crash would."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()

"""Starts and hears a plugin that knows nothing but the published package `oco`."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from . import STUBS
from .waiting import DEADLINE, Log

_PROGRAM = Path(__file__).resolve().parent / "oco_program.py"


class OcoPlugin:
    """Its process is oco_program.py, which sees no other stubs than those of `oco`.

    `answer` is sent back to the source of each event; without it the plugin only listens.
    """

    def __init__(self, target, token, name, answer=None, with_mention=False):
        # A folder with nothing else in it: an import of chathub.v1 would fail.
        self._stubs = tempfile.TemporaryDirectory(prefix="chathub-oco-")
        shutil.copytree(STUBS / "oco", Path(self._stubs.name) / "oco")
        self._process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", sys.executable, "-P", str(_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": self._stubs.name},
        )
        self.heard = Log()
        self._calls = 0
        threading.Thread(target=self._read, daemon=True).start()
        options = [target, token, name, answer, with_mention]
        self._process.stdin.write(json.dumps(options) + "\n")
        self._process.stdin.flush()

    def _read(self):
        with self._process.stdout as lines:
            for line in lines:
                self.heard.add(json.loads(line))
        self.heard.close("the process ended")

    def wait(self, kind, timeout=DEADLINE, count=1, **fields):
        """`event` (body, pattern, user, room), `sent`, `called` (call, code), or `ended` (code)."""
        return self.heard.wait(
            lambda entry: entry["kind"] == kind
            and all(entry.get(key) == fields[key] for key in fields),
            count,
            timeout,
        )

    def call(self, method, **request):
        """Calls one of the other methods, its request in protobuf's JSON; the status code's name."""
        self._process.stdin.write(json.dumps({"method": method, "request": request}) + "\n")
        self._process.stdin.flush()
        self._calls += 1
        called = self.heard.wait(lambda entry: entry.get("call") == self._calls)
        return called["code"]

    def kill(self):
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._stubs.cleanup()

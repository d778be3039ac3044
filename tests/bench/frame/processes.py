"""Processes: how they start, what they say, what they cost."""

import contextlib
import json
import os
import pathlib
import select
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

TICK = 1e6 / os.sysconf("SC_CLK_TCK")  # microseconds
DEADLINE = 30.0  # seconds; generous, for what has hung


class Process:
    """Runs a program and speaks lines with it. The program ends with us, however we end."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | os.PathLike],
        log: pathlib.Path,
        environment: Mapping[str, str],
    ):
        self.name = name
        self._log = log
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, **environment},
            )

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *_) -> None:
        self.end()

    @property
    def pid(self) -> int:
        return self._process.pid

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def end(self) -> None:
        """At once; of what has ended already nothing happens."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def stop(self) -> None:
        """Gives it the time to end by itself."""
        self._process.terminate()
        self._process.wait(DEADLINE)

    def say(self, line: str) -> None:
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def hear(self, patience: float = DEADLINE) -> str:
        """The next line. What ends or says nothing has its log in the error."""
        if not select.select([self._process.stdout], [], [], patience)[0]:
            raise RuntimeError(f"{self.name} said nothing for {patience:g} s:\n{self.log()}")
        # Nobody here says a second line before it is asked, so nothing waits in a buffer.
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with {self._process.wait()}:\n{self.log()}")
        return line.decode().rstrip("\n")

    def ask(self, line: str, patience: float = DEADLINE) -> dict:
        """Says a line; the answer is one object of JSON."""
        self.say(line)
        return json.loads(self.hear(patience))

    def await_true(self, condition: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + DEADLINE
        while not condition():
            if self._process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self._process.poll()}:\n{self.log()}")
            if time.monotonic() > until:
                raise RuntimeError(f"{self.name}: {what}: not within {DEADLINE:g} s:\n{self.log()}")
            time.sleep(0.01)

    def log(self) -> str:
        return self._log.read_text(errors="replace")[-4000:]

    def cpu(self) -> float:
        """Microseconds of user and system time so far."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * TICK

    def rss(self) -> int:
        """Resident memory, KiB."""
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        raise RuntimeError(f"{self.name} has no memory any more")

    def open_files(self) -> int:
        return len(os.listdir(f"/proc/{self.pid}/fd"))

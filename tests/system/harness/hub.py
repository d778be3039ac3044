"""A hub as its own process, in a data folder of its own."""

import json
import re
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from . import PROGRAMS
from .waiting import wait_until


class Hub:
    """Runs `chathub serve`. May be stopped or killed and started again on the same folder."""

    def __init__(self, configuration="", gateway=False, metrics=False):
        # Directly under /tmp: the path of a Unix socket has room for 107 bytes.
        self._folder = tempfile.TemporaryDirectory(prefix="chathub-", dir="/tmp")
        self.data = Path(self._folder.name) / "data"
        self._configuration = Path(self._folder.name) / "chathub.toml"
        self._configuration.write_text(configuration)
        self._log = Path(self._folder.name) / "log"
        self._gateway = "127.0.0.1:0" if gateway else "off"
        self._metrics = "127.0.0.1:0" if metrics else "off"
        self._process = None
        self._killed = False

    def start(self):
        self._killed = False
        # With the test that started it the hub ends too, however the test ends.
        command = ["setpriv", "--pdeathsig", "KILL", str(PROGRAMS / "chathub"), "serve"]
        command += ["--config", str(self._configuration), "--data", str(self.data)]
        command += ["--listen", "127.0.0.1:0", "--gateway", self._gateway]
        command += ["--metrics", self._metrics]
        self._stale = self._endpoints()
        with self.open_log() as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        wait_until(self._is_ready, "the hub is ready")
        return self

    def _is_ready(self):
        if self._process.poll() is not None:
            raise AssertionError(f"the hub ended with {self._process.returncode}:\n{self.log()}")
        return self._endpoints() not in (None, self._stale)

    def _endpoints(self):
        """Its text and age: a crashed hub leaves it behind."""
        try:
            path = self.data / "endpoints"
            return path.read_text(), path.stat().st_mtime_ns
        except FileNotFoundError:
            return None

    @property
    def pid(self):
        return self._process.pid

    @property
    def targets(self):
        """What gRPC calls its addresses, the preferred one first."""
        return (self.data / "endpoints").read_text().split()

    @property
    def target(self):
        return self.targets[0]

    @property
    def gateway(self):
        """HOST:PORT for WebSockets."""
        return self._logged(r"gateway=wss?://(\S+)")

    @property
    def metrics(self):
        """HOST:PORT of `/metrics`."""
        return self._logged(r"metrics=http://([^/]+)/metrics")

    def _logged(self, pattern):
        # The log is written behind the hub's back.
        return wait_until(lambda: re.findall(pattern, self.log()), pattern)[-1]

    @property
    def token(self):
        return (self.data / "owner-token").read_text().strip()

    def open_log(self):
        """For others whose words should stand beside the hub's."""
        return self._log.open("ab")

    def log(self):
        return self._log.read_text(errors="replace")

    def runs(self):
        return self._process is not None and self._process.poll() is None

    def signal(self, number):
        self._process.send_signal(number)

    def wait_end(self, timeout):
        """Its exit code."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the hub still runs after {timeout:g} s") from None

    def kill(self):
        """As a crash would."""
        self._killed = True
        self._process.kill()
        self._process.wait()

    def command(self, *arguments, typed=""):
        """Runs `chathub ARGUMENTS --json` as a client of this hub; what it printed, line by line."""
        done = subprocess.run(
            [str(PROGRAMS / "chathub"), *arguments, "--data", str(self.data), "--json"],
            capture_output=True,
            input=typed,
            text=True,
            timeout=30,
            check=False,
        )
        if done.returncode != 0:
            raise AssertionError(f"chathub {arguments}: exit {done.returncode}: {done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def memory(self):
        """Its resident memory in bytes."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024

    def end(self):
        """Ends it whatever it does, quickly; returns a complaint if it did not end well."""
        for number, patience in ((signal.SIGTERM, 1), (signal.SIGTERM, 4), (signal.SIGKILL, 10)):
            if not self.runs():
                break
            self._process.send_signal(number)
            self._wait_at_most(patience)
        return self._complaint()

    def _wait_at_most(self, patience):
        until = time.monotonic() + patience
        while self.runs() and time.monotonic() < until:
            time.sleep(0.005)

    def _complaint(self):
        if "Sanitizer" in self.log() or "runtime error:" in self.log():
            return f"a sanitizer complained:\n{self.log()[-6000:]}"
        if self._process is not None and self._process.returncode < 0 and not self._killed:
            return f"the hub was ended by {signal.Signals(-self._process.returncode).name}"
        return None

    def remove(self):
        self._folder.cleanup()

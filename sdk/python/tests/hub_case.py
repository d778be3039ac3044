"""What tests against a real hub start from: the harness of tests/system, and programs of ours."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "tests" / "system"))

from harness.case import HubCase  # noqa: E402
from harness.waiting import DEADLINE, Log  # noqa: E402

SOURCES = ROOT / "sdk" / "python" / "src"
CONFORM = ROOT / "tests" / "conformance" / "python" / "conform.py"


class Program:
    """A program in Python as its own process; its lines are heard as they come."""

    def __init__(self, path, **environment):
        environment = {**os.environ, "PYTHONPATH": str(SOURCES), **environment}
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", sys.executable, "-u", str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self.out, self.log = Log(), Log()
        pipes = ((self.process.stdout, self.out), (self.process.stderr, self.log))
        self._readers = [threading.Thread(target=_read, args=pipe) for pipe in pipes]
        for reader in self._readers:
            reader.start()

    def wait_log(self, part):
        return self.log.wait(lambda line: part in line)

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def wait_end(self, timeout=DEADLINE):
        """Its exit code, when all it said was heard."""
        code = self.process.wait(timeout)
        for reader in self._readers:
            reader.join()
        return code

    def kill(self):
        self.process.kill()
        self.wait_end()


def _read(pipe, log):
    with pipe:
        for line in pipe:
            log.add(line.rstrip("\n"))
    log.close("the program ended")


class ProgramCase(HubCase):
    """Each test has a hub and a folder of its own."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def program(self, source, **environment):
        """A path, or the text of a program."""
        if not isinstance(source, Path):
            path = self.folder / "program.py"
            path.write_text(source)
            source = path
        environment = {"CHATHUB_DATA": str(self.hub.data), **environment}
        program = Program(source, **environment)
        self.addCleanup(program.kill)
        return program

    def attached(self, source, **environment):
        program = self.program(source, **environment)
        program.wait_log("attached to")
        return program

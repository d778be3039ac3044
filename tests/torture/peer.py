"""A program that gets killed and started again, and what it writes, line by line."""

import os
import subprocess
import threading


class Peer:
    """`hear` gets the life's number and the fields of each line, on a thread of its own."""

    def __init__(self, program, data, log, hear, arguments=()):
        self._program = program
        self.arguments = arguments
        self._environment = {**os.environ, "CHATHUB_DATA": str(data)}
        self._log = log
        self._hear = hear
        self.life = 0
        self._process = None
        self._reader = None
        self.start()

    def start(self):
        self.life += 1
        self._process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", str(self._program), *self.arguments],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            bufsize=1,
        )
        arguments = (self._process.stdout, self.life)
        self._reader = threading.Thread(target=self._read, args=arguments, daemon=True)
        self._reader.start()

    def _read(self, lines, life):
        with lines:
            for line in lines:
                if line.endswith("\n"):
                    self._hear(life, *line[:-1].split("\t"))

    def write(self, line):
        try:
            self._process.stdin.write(line + "\n")
        except BrokenPipeError:
            pass  # killed; its next life hears it

    def kill(self):
        """Everything that it wrote before has been heard when this returns."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            pass

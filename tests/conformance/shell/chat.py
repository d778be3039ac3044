#!/usr/bin/python3 -B
"""Drives the shell adapter through its pipes for the conformance kit; ../README.md has the lines.

Usage: chat.py PATH/chathub-adapter-shell
"""

import json
import subprocess
import sys
import threading

USER = "ada"
ROOM = "lab"


def tell(**fields):
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


class Shell:
    """One life of the adapter's process."""

    def __init__(self, program):
        # Lines are said as they come, without waiting for the answer to the one before.
        options = ["--user", USER, "--room", ROOM, "--at-once", "10000"]
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", program, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            tell(posted=line.decode().rstrip("\n"), room=ROOM)
        tell(ended=self.process.wait())

    def say(self, text):
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()


def main(program):
    tell(adapter="shell", users=[USER], rooms=[ROOM], longest=200_000)
    shell = None
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "start":
            shell = Shell(program)
        elif order["do"] == "say":
            shell.say(order["text"])
        elif order["do"] == "kill":
            shell.process.kill()
        elif order["do"] == "stop":
            shell.process.stdin.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

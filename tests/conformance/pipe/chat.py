#!/usr/bin/python3 -B
"""Drives an adapter program through its pipes for the conformance kit; ../README.md has the lines.

Usage: chat.py COMMAND...     starts the adapter program
"""

import json
import subprocess
import sys
import threading


def tell(**fields):
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


class Adapter:
    """One life of the adapter's process."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            room, text = line.decode().rstrip("\n").split("\t", 1)
            tell(posted=text, room=room)
        tell(ended=self.process.wait())

    def say(self, *fields):
        self.process.stdin.write("\t".join(fields).encode() + b"\n")
        self.process.stdin.flush()


def main(*command):
    tell(adapter="pipe", users=["ada", "charles"], rooms=["lab", "den"], longest=200_000)
    adapter = None
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "start":
            adapter = Adapter(command)
        elif order["do"] == "say":
            adapter.say(order["user"], order["room"], order["text"])
        elif order["do"] == "kill":
            adapter.process.kill()
        elif order["do"] == "stop":
            adapter.process.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])

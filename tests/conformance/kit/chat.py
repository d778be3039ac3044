"""The chat of an adapter under test: a process that is told what users say and tells what they see.

It speaks lines of JSON; README.md has all of them.
"""

import json
import os
import subprocess
import threading

from . import frames  # noqa: F401  (puts the harness on the path)
from harness.waiting import DEADLINE, Log


class Chat:
    """Runs `command`; everything it says after its first line stands in `seen`."""

    def __init__(self, command, log, **environment):
        """`log`: the file for what it and the adapter say on stderr."""
        self._log = log
        inherited = {k: v for k, v in os.environ.items() if k != "CHATHUB_DATA"}
        with log.open("ab") as stderr:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env={**inherited, **environment},
            )
        introduction = json.loads(self._process.stdout.readline())
        self.adapter = introduction["adapter"]
        self.users = introduction["users"]
        self.rooms = introduction["rooms"]
        # Bytes that a user can say at once.
        self.longest = introduction["longest"]
        self._ends = 0
        self.seen = Log()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        with self._process.stdout as lines:
            for line in lines:
                self.seen.add(json.loads(line))
        self.seen.close("the chat ended")

    def _do(self, what, **fields):
        line = json.dumps({"do": what, **fields}) + "\n"
        self._process.stdin.write(line.encode())
        self._process.stdin.flush()

    # What happens in the chat.

    def start(self):
        """Starts the adapter."""
        self._do("start")

    def say(self, text, user=0, room=0):
        self._do("say", text=text, user=self.users[user], room=self.rooms[room])

    def kill(self):
        """The adapter dies at once."""
        self._do("kill")
        self.wait_end()

    def stop(self):
        """The adapter is asked to end; its exit code."""
        self._do("stop")
        return self.wait_end()

    # What is seen in it.

    def wait_end(self, timeout=DEADLINE):
        """The exit code of the adapter's next end."""
        self._ends += 1
        self.seen.wait(lambda entry: "ended" in entry, self._ends, timeout)
        return self.seen.all(lambda entry: "ended" in entry)[self._ends - 1]["ended"]

    def posts(self, room=0):
        """What the bot said in this room, in order."""
        posts = self.seen.all(lambda entry: "posted" in entry)
        return [entry["posted"] for entry in posts if entry["room"] == self.rooms[room]]

    def wait_posts(self, count, **options):
        """Until the bot has said so many things, anywhere."""
        return self.seen.wait(lambda entry: "posted" in entry, count, **options)

    def said(self):
        """All of its and the adapter's stderr so far."""
        return self._log.read_text(errors="replace")

    def end(self):
        """It takes its adapter with it."""
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()

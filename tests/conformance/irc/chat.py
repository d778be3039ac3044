"""Drives the IRC adapter through a real server for the conformance kit; ../README.md has the lines.

Usage: chat.py PATH/chathub-adapter-irc
"""

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "system"))

from harness.irc_server import Ngircd  # noqa: E402
from harness.irc_user import IrcUser  # noqa: E402

USERS = ("ada", "charles")
ROOMS = ("#lab", "#den")
# What fits into a line beside who says it, and where.
LONGEST = 400
_told = threading.Lock()


def tell(**fields):
    with _told:
        sys.stdout.write(json.dumps(fields) + "\n")
        sys.stdout.flush()


class Room:
    """What everybody in a room can see."""

    def __init__(self, user, name):
        self._user = user
        self._name = name
        self._joins = 0
        self._seen = 0
        threading.Thread(target=self._watch, daemon=True).start()

    def _is_post(self, line):
        return line.command == "PRIVMSG" and (line.nick, line.params[0]) == ("hub", self._name)

    def _watch(self):
        while True:
            count = self._seen + 1
            found = self._user.heard.wait(self._is_post, count=count, timeout=3600)
            for line in (found if count > 1 else [found])[self._seen :]:
                tell(posted=line.text, room=self._name)
                self._seen += 1

    def wait_come(self):
        """Who speaks before the adapter is there speaks to nobody."""
        self._joins += 1
        self._user.wait_joined("hub", self._name, self._joins)


class Adapter:
    """One life of its process."""

    def __init__(self, program, server):
        options = ["--server", "127.0.0.1", "--port", str(server.port), "--plain"]
        options += ["--flood-burst", "1000", "--flood-interval", "0"]
        for room in ROOMS:
            options += ["--channel", room]
        self.process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", program, *options])
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self):
        tell(ended=self.process.wait())


def wait_gone(user, times):
    """The server may notice the end of a killed adapter later than we do."""
    user.wait("QUIT", lambda line: line.nick == "hub", count=times)


def main(program):
    server = Ngircd().start()
    # It has read what is in there, and we are killed in the end.
    shutil.rmtree(server.folder)
    users = {nick: IrcUser(server, nick).join(*ROOMS) for nick in USERS}
    watcher = users[USERS[0]]
    rooms = [Room(watcher, name) for name in ROOMS]
    tell(adapter="irc", users=USERS, rooms=ROOMS, longest=LONGEST)
    adapter, lives, here = None, 0, False
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "start":
            if lives and here:
                wait_gone(watcher, lives)
            adapter, here = Adapter(program, server), False
            lives += 1
        elif order["do"] == "say":
            if not here:
                for room in rooms:
                    room.wait_come()
                here = True
            users[order["user"]].say(order["room"], order["text"])
        elif order["do"] == "kill":
            adapter.process.kill()
        elif order["do"] == "stop":
            adapter.process.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])

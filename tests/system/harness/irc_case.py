"""What tests of the IRC adapter start from: a hub, a real server, the adapter and users."""

import os
import subprocess

from . import PROGRAMS
from .case import HubCase
from .irc_server import Inspircd
from .irc_user import IrcUser
from .waiting import wait_until

# These servers do not mind a flood.
_FAST = ["--flood-burst", "1000", "--flood-interval", "0"]


class IrcAdapter:
    """The adapter as a process; its log stands in a file of its own."""

    def __init__(self, hub, *arguments, **environment):
        self._log = hub.data.parent / f"irc-{id(self)}.log"
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", str(PROGRAMS / "chathub-adapter-irc"),
                 *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "CHATHUB_DATA": str(hub.data), **environment},
            )

    def said(self):
        return self._log.read_text(errors="replace")

    def wait_said(self, words):
        wait_until(lambda: words in self.said(), f"the adapter says {words!r}")

    def kill(self):
        self._process.kill()
        self._process.wait()

    def stop(self):
        """Its exit code."""
        self._process.terminate()
        return self._process.wait(20)

    def wait_end(self):
        return self._process.wait(20)


class IrcCase(HubCase):
    configuration = 'adapters = ["irc"]'
    # Makes the server.
    server_kind = staticmethod(Inspircd)

    def setUp(self):
        super().setUp()
        self.server = self.server_kind()
        self.addCleanup(self.server.remove)
        self.server.start()

    def irc(self, *arguments, fast=True, **environment):
        """The adapter in #lab and #den, without TLS."""
        start = ["--server", "127.0.0.1", "--port", self.server.port, "--plain"]
        start += ["--channel", "#lab", "--channel", "#den", *(_FAST if fast else [])]
        return self.irc_with(*start, *arguments, **environment)

    def irc_with(self, *arguments, **environment):
        adapter = IrcAdapter(self.hub, *arguments, **environment)
        self.addCleanup(self._end, adapter)
        return adapter

    def _end(self, adapter):
        adapter.kill()
        if self._failed():
            print(f"--- the adapter's log in {self.id()}\n{adapter.said()[-3000:]}---", flush=True)

    def user(self, nick, *channels):
        """In these channels; without any it may not be greeted yet."""
        user = IrcUser(self.server, nick)
        self.addCleanup(user.leave)
        return user.join(*channels) if channels else user

    def come(self, user, *arguments, **options):
        """The adapter and a user of theirs in #lab and #den."""
        adapter = self.irc(*arguments, **options)
        user.join("#lab", "#den")
        for channel in ("#lab", "#den"):
            user.wait_present("hub", channel)
        return adapter

    def assert_echoes(self, user, text, target="#lab", prefix="hub: "):
        user.say(target, f"{prefix}echo {text}")
        user.wait_text(text)

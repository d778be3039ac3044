"""The IRC server, the hub and the adapter die at once, and come back."""

import signal
import unittest

from harness.irc_case import IrcCase
from harness.irc_server import Inspircd, Ngircd
from harness.irc_user import IrcUser
from harness.program import Program
from harness.words import on_event
from chathub.v1 import message_pb2


class Kills:
    """Each of these runs on both servers."""

    def setUp(self):
        super().setUp()
        self.start_echo()
        self.ada = self.user("ada")

    def start_echo(self):
        program = Program(self.hub, "chathub-handler-echo")
        self.addCleanup(program.kill)
        self.hub.command("peers", "--wait", "handler/echo")

    def test_the_server(self):
        adapter = self.come(self.ada)
        self.assert_echoes(self.ada, "before")
        self.server.kill()
        self.server.start()
        adapter.wait_said("not on IRC")
        bob = self.user("bob", "#lab")
        bob.wait_present("hub", "#lab")
        self.assert_echoes(bob, "after")
        self.assertEqual(bob.texts(), ["after"])

    def test_the_hub(self):
        self.come(self.ada)
        self.assert_echoes(self.ada, "before")
        self.hub.kill()
        # Said while there is no hub, and kept by the adapter.
        self.ada.say("#lab", "!echo meanwhile")
        self.ada.write("PING :heard")
        self.ada.wait("PONG", lambda line: line.text == "heard")
        self.hub.start()
        self.ada.wait_text("meanwhile")
        self.assert_echoes(self.ada, "after")
        self.assertEqual(self.ada.texts(), ["before", "meanwhile", "after"])

    def test_the_hub_in_good_order(self):
        self.come(self.ada)
        self.assert_echoes(self.ada, "before")
        self.hub.signal(signal.SIGTERM)
        self.assertEqual(self.hub.wait_end(15), 0)
        self.hub.start()
        self.assert_echoes(self.ada, "after")

    def test_the_adapter(self):
        adapter = self.come(self.ada)
        worker = self.handler("worker", answers=lambda delivery: "before")
        self.ada.say("#lab", "!worker")
        # Until then the order is in doubt, and done again.
        worker.wait("posted")
        adapter.kill()
        self.ada.wait("QUIT", lambda line: line.nick == "hub")
        before = len(self.ada.joins("hub", "#lab"))
        # It is told to be nowhere; the hub knows where it was.
        self.irc_with("--server", "127.0.0.1", "--port", self.server.port, "--plain")
        self.ada.wait_joined("hub", "#lab", before + 1)
        self.assert_echoes(self.ada, "after")
        self.assertEqual(self.ada.texts(), ["before", "after"])

    def test_an_answer_waits_for_the_server(self):
        adapter = self.come(self.ada)
        worker = self.handler("slow")
        self.ada.say("#lab", "!slow")
        delivery = worker.wait_delivery()
        self.server.kill()
        adapter.wait_said("not on IRC")
        worker.finish(delivery, "late, but here")
        self.server.start()
        # It may be there before anybody can come back to hear it.
        self.assertFalse(worker.wait("posted", timeout=40).result.HasField("problem"))


class ModernKillsTest(Kills, IrcCase):
    server_kind = Inspircd


class NetsplitTest(IrcCase):
    server_kind = Inspircd

    def test_who_comes_back_from_a_netsplit_was_never_gone(self):
        coming = on_event(message_pb2.EVENT_KIND_JOINED, "coming")
        going = on_event(message_pb2.EVENT_KIND_LEFT, "going")
        watcher = self.handler("watcher", coming, going, answers=lambda delivery: [])
        ada = self.user("ada")
        self.come(ada)
        far = Inspircd(peer=self.server).start()
        self.addCleanup(far.remove)
        self.dwell(ada, far)
        far.kill()
        ada.wait("QUIT", lambda line: line.nick == "bob")
        far.start()
        self.dwell(ada, far)
        # Once for the first time, not for the second.
        ada.write("PART #den")
        watcher.wait("delivery", lambda delivery: delivery.event.HasField("left"))
        events = [delivery.event for delivery in watcher.all("delivery")]
        seen = [(event.WhichOneof("kind"), event.user.name) for event in events]
        self.assertEqual([e for e in seen if e[1] == "bob"], [("joined", "bob")])

    def dwell(self, ada, far):
        """bob is in #lab, on the far server, and ada sees him."""
        before = len(ada.joins("bob", "#lab"))
        bob = IrcUser(far, "bob")
        self.addCleanup(bob.leave)
        bob.join("#lab")
        ada.wait_joined("bob", "#lab", before + 1)


class OldKillsTest(Kills, IrcCase):
    server_kind = Ngircd


if __name__ == "__main__":
    unittest.main()

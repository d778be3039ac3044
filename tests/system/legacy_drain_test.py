"""A hub that goes away: bots are asked to stop, nobody's word is lost without a word of ours."""

import signal
import unittest

from harness.case import HubCase
from harness.gateway_case import Clock
from harness.legacy import BoticaBot, Node, WnetProgram, cookie
from harness.waiting import wait_until
from harness.web_socket import Closed, WebSocket, http

# A hub is gone within so many seconds of SIGTERM.
PATIENCE = 10


class DrainCase(HubCase):
    gateway = True
    configuration = "[gateway.botica.one]\n[gateway.botica.two]"

    def open(self, program):
        self.addCleanup(program.leave)
        return program

    def client(self, bot):
        client = self.open(WnetProgram(self.hub.gateway))
        self.assertEqual(client.ask(f"connect@{bot}"), f"connectedto@{bot}")
        return client

    def comet(self):
        comet = self.open(Node(self.hub.gateway))
        comet.connect("comet")
        return comet

    def running(self, bot_id):
        bot = self.open(BoticaBot(self.hub.gateway, bot_id))
        wait_until(lambda: self.status(bot_id) == "BOTICA_STATUS_RUNNING", "the bot is RUNNING")
        return bot

    def status(self, bot_id):
        bots = self.hub.command("botica", "list")
        return next(bot["status"] for bot in bots if bot["id"] == bot_id)

    def drain(self):
        self.clock = Clock()
        self.hub.signal(signal.SIGTERM)

    def assert_ended(self, within):
        self.assertEqual(self.hub.wait_end(PATIENCE + 2), 0)
        self.assertLess(self.clock.passed(), within)


class BoticaTest(DrainCase):
    def test_running_bots_are_asked_to_stop_and_the_hub_waits_for_their_answers(self):
        ready, busy = self.running("one"), self.running("two")
        self.drain()
        for bot in (ready, busy):
            asked = bot.hear_packet("shutdownRequest")
            self.assertEqual(asked, {"type": "shutdownRequest", "forced": False})
        busy.packet("shutdownResponse", ready=False)
        self.assertTrue(self.hub.runs())
        ready.packet("heartbeat")  # it takes its time
        ready.packet("shutdownResponse", ready=True)
        self.assertEqual(ready.wait_close(), 1012)
        self.assertEqual(busy.wait_close(), 1012)
        self.assert_ended(within=5)

    def test_a_bot_that_says_nothing_is_waited_for_as_long_as_the_hub_drains(self):
        silent = self.running("one")
        self.drain()
        silent.hear_packet("shutdownRequest")
        self.assertEqual(silent.wait_close(), 1012)
        self.assertGreater(self.clock.passed(), 5)
        self.assert_ended(within=PATIENCE)

    def test_a_bot_that_is_not_running_is_not_asked(self):
        bot = self.open(WebSocket(self.hub.gateway, "/botica/ws/one"))
        self.drain()
        with self.assertRaises(Closed) as closed:
            bot.hear()
        self.assertEqual(closed.exception.code, 1012)
        self.assert_ended(within=5)

    def test_a_second_signal_waits_for_no_bot(self):
        bot = self.running("one")
        self.drain()
        bot.hear_packet("shutdownRequest")
        self.hub.signal(signal.SIGTERM)
        self.assert_ended(within=5)


class TalkTest(DrainCase):
    """A handler that is at work keeps the hub for a while."""

    def setUp(self):
        super().setUp()
        self.slow = self.handler("slow")

    def begin(self, say):
        """Says it to the handler, and the hub is told to go away; the delivery."""
        say()
        delivery = self.slow.wait_delivery()
        self.drain()
        self.slow.wait("draining")
        return delivery

    def end(self, delivery):
        self.slow.finish(delivery, "in time")

    def test_wnet_clients_are_answered_or_told_that_nothing_is_taken_in_any_more(self):
        before, after = self.client("slow"), self.client("slow")
        delivery = self.begin(lambda: before.say("cssend@slow@one"))
        self.assertRegex(after.ask("cssend@slow@two"), "^error@Going away")
        self.assertRegex(before.ask("cssend@slow@three"), "^error@Going away")
        self.end(delivery)
        self.assertEqual(before.hear(), "mess@slow@in time")
        for client in (before, after):
            self.assertEqual(client.wait_close(), 1012)
        self.assert_ended(within=PATIENCE)

    def test_comets_are_answered_or_closed(self):
        before, after = self.comet(), self.comet()
        delivery = self.begin(lambda: before.chat("slow one"))
        after.chat("slow two")
        self.end(delivery)
        self.assertEqual(before.hear_chat(), "in time")
        for comet in (before, after):
            with self.assertRaises(Closed) as closed:
                comet.hear()
            self.assertEqual(closed.exception.code, 1012)
        self.assertEqual(len(self.slow.all("delivery")), 1)
        self.assert_ended(within=PATIENCE)

    def test_programs_that_talk_with_each_other_talk_on(self):
        self.hub.command("account", "add", "ann", "--password-stdin", typed="secret\n")
        bot = self.open(WnetProgram(self.hub.gateway, cookie("ann", "secret")))
        bot.ask("add@weather")
        client, holder = self.client("weather"), self.client("slow")
        sid = bot.hear().split("@")[1]
        delivery = self.begin(lambda: holder.say("cssend@slow@one"))
        client.say("cssend@weather@Paris")
        self.assertEqual(bot.hear(), f"mess@{sid}@Paris")
        bot.say(f"scsend@{sid}@rain")
        self.assertEqual(client.hear(), "mess@weather@rain")
        self.end(delivery)
        for program in (bot, client, holder):
            self.assertEqual(program.wait_close(), 1012)
        self.assert_ended(within=PATIENCE)

    def test_nobody_new_is_taken_in(self):
        client = self.client("slow")
        delivery = self.begin(lambda: client.say("cssend@slow@one"))
        self.assertEqual(WebSocket(self.hub.gateway, "/wnet/ws").status, 503)
        request = b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n"
        self.assertEqual(http(self.hub.gateway, request)[0], 503)
        self.end(delivery)
        self.assert_ended(within=PATIENCE)


if __name__ == "__main__":
    unittest.main()

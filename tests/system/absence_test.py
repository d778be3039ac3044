"""A handler is away: its routes linger, and the chat is told when nobody comes."""

import time
import unittest

from harness.case import HubCase
from harness.words import command


class AbsenceTest(HubCase):
    def setUp(self):
        super().setUp()
        self.chat = self.adapter()

    def test_without_an_instance_the_chat_hears_once_that_it_is_not_running(self):
        self.handler("karma").depart()
        self.chat.hear("karma ada")
        self.chat.hear("karma bob")
        self.chat.wait("order", lambda order: "karma" in order.actions[0].send.content.text)
        self.assertIn("karma is not running", " ".join(self.chat.texts()))
        # It was said once, and the messages wait all the same.
        back = self.handler("karma", answers=lambda delivery: "here: " + delivery.text)
        back.wait("delivery", count=2)
        self.chat.wait_text("here: karma bob")
        said = [text for text in self.chat.texts() if "not running" in text]
        self.assertEqual(len(said), 1)

    def test_a_route_without_linger_matches_only_while_somebody_is_there(self):
        handler = self.handler("now", command("now", linger=0))
        self.chat.hear("now one")
        handler.finish(handler.wait_delivery("now one"), "one")
        self.chat.wait_text("one")
        handler.depart()
        seq = self.chat.hear("now two")
        self.chat.settle(seq)
        back = self.handler("now", command("now", linger=0))
        self.chat.hear("now three")
        back.wait_delivery("now three")
        self.assertEqual(len(back.all("delivery")), 1)

    def test_a_route_lingers_for_as_long_as_it_says(self):
        handler = self.handler("soon", command("soon", linger=30))
        handler.depart()
        self.chat.wait_accepted(self.chat.hear("soon one"))
        self.handler("soon", command("soon", linger=30)).wait_delivery("soon one")

    def test_a_route_is_forgotten_when_its_linger_is_over(self):
        self.handler("short", command("short", linger=1)).depart()
        # Its time must pass: that is what this is about.
        time.sleep(2)
        # A message that still matched would wait for somebody; this one is settled at once.
        self.chat.settle(self.chat.hear("short"), timeout=5)
        self.assertEqual(self.chat.texts(), [])


if __name__ == "__main__":
    unittest.main()

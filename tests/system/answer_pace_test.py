"""A handler that answers far more than it is asked: its neighbours come first, and all is heard."""

import signal
import unittest

from harness.case import HubCase
from harness.words import actions_of, texts_of
from chathub.v1 import handlers_pb2

FLOOD = 500  # actions; what is above 64 waits for 4 ms each
LONG_FLOOD = 5_000


class AnswerPaceTest(HubCase):
    def setUp(self):
        super().setUp()
        self.chat = self.adapter()
        self.flooder = self.handler("flood")
        self.chat.hear("flood")
        self.delivery = self.flooder.wait_delivery()

    def says(self, *texts):
        """Each in a Say of its own, all in one frame."""
        mine = {"delivery": self.delivery.id, "attempt": self.delivery.attempt}
        return [
            handlers_pb2.HandlerItem(say=handlers_pb2.Say(actions=actions_of(text), **mine))
            for text in texts
        ]

    def wait_texts(self, count):
        orders = self.chat.wait("order", count=count)
        return [text for order in orders for text in texts_of(order)]

    def test_a_neighbour_is_answered_before_the_flood(self):
        self.echo()
        self.flooder.say(self.delivery, *["flood"] * FLOOD)
        self.chat.hear("echo hello")
        orders = self.chat.wait("order", count=2)
        self.assertEqual(texts_of(orders[0]), ["hello"])
        self.assertEqual(texts_of(orders[1]), ["flood"] * FLOOD)

    def test_a_flood_is_heard_to_its_end_in_its_order(self):
        numbers = [str(number) for number in range(300)]
        self.flooder.items(*self.says(*numbers))
        self.flooder.finish(self.delivery, "done")
        self.assertEqual(self.wait_texts(301), [*numbers, "done"])

    def test_nothing_of_it_is_lost_though_the_handler_goes_behind_it(self):
        numbers = [str(number) for number in range(300)]
        self.flooder.items(*self.says(*numbers))
        self.flooder.stream.half_close()
        self.assertEqual(self.wait_texts(300), numbers)

    def test_who_is_gone_need_not_wait(self):
        """What it held goes elsewhere at once, not when twenty seconds are over."""
        self.flooder.say(self.delivery, *["x"] * LONG_FLOOD)
        other = self.handler("flood")
        self.flooder.stream.drop()
        self.assertEqual(other.wait_delivery(timeout=5).attempt, 2)

    def test_the_hub_ends_without_waiting(self):
        self.flooder.say(self.delivery, *["x"] * LONG_FLOOD)
        self.hub.signal(signal.SIGTERM)
        self.assertEqual(self.hub.wait_end(10), 0)


if __name__ == "__main__":
    unittest.main()

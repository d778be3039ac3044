"""A handler that cannot keep up hurts nobody but itself."""

import itertools
import unittest

from harness.case import HubCase
from harness.waiting import wait_until
from harness.words import command


class FullMailboxTest(HubCase):
    configuration = "[limits]\nhandler_mailbox = 50\n"

    def test_what_does_not_fit_is_dead_and_the_chat_hears_once_that_it_is_busy(self):
        adapter = self.adapter()
        self.echo()
        stuck = self.handler("stuck", command("stuck"), maximum_in_flight=1)
        for number in range(200):
            last = adapter.hear(f"stuck {number}")
        self.assert_walks(adapter, "not my problem")
        adapter.wait_accepted(last)
        notes = [text for text in adapter.texts() if text != "not my problem"]
        self.assertEqual(len(notes), 1, notes)
        self.assertIn("busy", notes[0])
        self.assertEqual(len(stuck.all("delivery")), 1)


class FullOrdersTest(HubCase):
    configuration = "[limits]\norder_mailbox = 20\n"

    def test_an_answer_that_does_not_fit_is_refused_and_may_come_again(self):
        adapter = self.adapter(answers=False)
        handler = self.handler("worker", command("work"))
        for number in range(40):
            adapter.hear(f"work {number}", room=f"room{number}")
        deliveries = handler.wait("delivery", count=40)
        for delivery in deliveries:
            handler.finish(delivery, delivery.text)
        results = handler.wait("finish_result", count=40)
        refused = [result for result in results if result.problem.detail]
        self.assertGreater(len(refused), 0)
        self.assertTrue(all(result.problem.HasField("retry_after") for result in refused))
        for order in adapter.wait("order", count=40 - len(refused)):
            adapter.done(order)
        again = next(d for d in deliveries if d.id == refused[0].delivery)
        self.finish_until_taken(handler, again)

    def finish_until_taken(self, handler, delivery):
        # What is done is told on another stream: it may come later than we ask again.
        attempts = itertools.count(2)

        def taken():
            handler.finish(delivery, "at last")
            return handler.wait_outcome(delivery, count=next(attempts)) == "OK"

        wait_until(taken, "it is taken")


class FloodTest(HubCase):
    def test_a_stopped_handler_slows_nobody_in_a_flood(self):
        adapter = self.adapter()
        self.echo()
        stopped = self.child("handler", name="worker", words=["work"])
        stopped.stop()
        text = "work " + "x" * 10_000
        for number in range(300):
            adapter.hear(text, room=f"room{number}")
        for number in range(30):
            self.assert_walks(adapter, f"walk {number}")
        self.assertLess(self.hub.memory(), 300 * 1024 * 1024)


if __name__ == "__main__":
    unittest.main()

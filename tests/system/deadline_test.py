"""The user's patience: whoever does not answer in time is spoken for by the hub."""

import time
import unittest

from harness.case import HubCase
from harness.words import command


class DeadlineTest(HubCase):
    def setUp(self):
        super().setUp()
        self.chat = self.adapter()

    def test_at_the_deadline_the_chat_hears_the_fallback_and_the_handler_a_cancel(self):
        route = command("stuck", deadline=1.5, fallback_text="sorry")
        handler = self.handler("stuck", route)
        asked = time.monotonic()
        seq = self.chat.hear("stuck")
        delivery = handler.wait_delivery()
        order = self.chat.wait_text("sorry")
        self.assertGreater(time.monotonic() - asked, 1.4)
        self.assertEqual(order.key, delivery.id)
        cancel = handler.wait("cancel")
        self.assertEqual((cancel.delivery, cancel.attempt), (delivery.id, delivery.attempt))
        handler.finish(delivery, "too late")
        self.assertEqual(handler.wait_outcome(delivery), "STALE")
        self.chat.settle(seq)
        self.assertEqual(self.chat.texts(), ["sorry"])
        self.assertEqual(len(handler.all("delivery")), 1)

    def test_a_delivery_tells_how_much_patience_is_left(self):
        handler = self.handler("stuck", command("stuck", deadline=20))
        self.chat.hear("stuck")
        left = handler.wait_delivery().deadline.ToMilliseconds()
        self.assertLessEqual(left, 20_000)
        self.assertGreater(left, 10_000)

    def test_without_words_of_its_own_the_hub_finds_some(self):
        handler = self.handler("stuck", command("stuck", deadline=0.5))
        self.chat.hear("stuck")
        self.chat.wait("order")
        self.assertNotEqual(self.chat.texts(), [""])
        handler.wait("cancel")

    def test_one_that_never_finishes_slows_nobody(self):
        self.handler("stuck", command("stuck", deadline=3, fallback_text="sorry"))
        self.echo()
        for number in range(100):
            self.chat.hear(f"stuck {number}")
        started = time.monotonic()
        for number in range(50):
            self.assert_walks(self.chat, f"quick {number}")
        # 50 walks one after another take a fraction of it, also on a busy machine.
        self.assertLess(time.monotonic() - started, 10)
        self.chat.wait("order", lambda order: order.actions[0].send.content.text == "sorry", 100)

    def test_progress_renews_the_patience(self):
        handler = self.handler("slow", command("slow", deadline=3, fallback_text="sorry"))
        seq = self.chat.hear("slow")
        delivery = handler.wait_delivery()
        for part in range(5):
            # Time must pass here: that is what the deadline is about.
            time.sleep(1)
            handler.say(delivery, f"part {part}")
        handler.finish(delivery, "done")
        self.assertEqual(handler.wait_outcome(delivery), "OK")
        self.chat.settle(seq)
        self.assertEqual(self.chat.texts(), [f"part {part}" for part in range(5)] + ["done"])

    def test_the_user_does_not_wait_longer_when_the_instance_is_lost(self):
        route = command("work", deadline=2, fallback_text="sorry")
        first = self.handler("worker", route)
        self.chat.hear("work")
        first.wait_delivery()
        first.drop()
        self.chat.wait_text("sorry", timeout=9)

    def test_who_never_gets_its_turn_is_spoken_for_too(self):
        route = command("work", deadline=2, fallback_text="sorry")
        handler = self.handler("worker", route, maximum_in_flight=1)
        self.chat.hear("work one", room="one")
        self.chat.hear("work two", room="two")
        handler.wait_delivery("work one")
        orders = self.chat.wait("order", count=2)
        rooms = {order.conversation.room for order in orders}
        self.assertEqual(rooms, {"shell/one", "shell/two"})


class ExpiryTest(HubCase):
    """Nobody is answered about what he has long forgotten."""

    def setUp(self):
        super().setUp()
        self.chat = self.adapter()

    def test_a_message_that_is_already_old_reaches_nobody(self):
        handler = self.handler("echo")
        seq = self.chat.hear("echo old", age=120)
        self.chat.hear("echo new", age=5)
        handler.wait_delivery("echo new")
        self.chat.settle(seq)
        self.assertEqual(len(handler.all("delivery")), 1)

    def test_what_waited_too_long_for_its_turn_is_not_handed_out(self):
        route = command("work", max_age=1)
        handler = self.handler("worker", route, maximum_in_flight=1)
        self.chat.hear("work one", room="one")
        held = handler.wait_delivery("work one")
        seq = self.chat.hear("work two", room="two")
        self.chat.wait_accepted(seq)
        # Let it grow too old.
        time.sleep(1.5)
        handler.finish(held, "one")
        self.chat.hear("work three", room="three")
        handler.wait_delivery("work three")
        self.assertEqual(len(handler.all("delivery")), 2)


if __name__ == "__main__":
    unittest.main()

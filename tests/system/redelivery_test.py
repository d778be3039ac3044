"""An instance is lost or gives up: somebody else goes on, and the chat hears it once."""

import time
import unittest

import grpc
from harness.case import HubCase
from harness.waiting import wait_until
from harness.words import command


class LostInstanceTest(HubCase):
    def test_what_a_killed_instance_held_goes_to_another_and_is_answered_once(self):
        adapter = self.adapter()
        first = self.child("handler", name="worker", words=["work"])
        seq = adapter.hear("work hard")
        held = first.wait("delivery")
        second = self.handler("worker", command("work"), answers=lambda delivery: "worked")
        first.kill()
        killed = time.monotonic()
        delivery = second.wait_delivery(attempt=2)
        # One second to come back, and not the ten of the lease.
        self.assertLess(time.monotonic() - killed, 7)
        self.assertEqual(delivery.id, held["id"])
        adapter.settle(seq)
        self.assertEqual(adapter.texts(), ["worked"])

    def test_the_deliveries_of_a_lost_instance_go_again_together_in_order(self):
        adapter = self.adapter()
        first = self.handler("worker", command("work"))
        texts = [f"work {number}" for number in range(10)]
        for text in texts:
            adapter.hear(text)
        first.wait("delivery", count=10)
        second = self.handler("worker", command("work"))
        third = self.handler("worker", command("work"))
        first.drop()
        taker = self.wait_for_any([second, third])
        again = taker.wait("delivery", count=10)
        self.assertEqual([delivery.text for delivery in again], texts)
        self.assertEqual({delivery.attempt for delivery in again}, {2})

    def wait_for_any(self, handlers):
        found = wait_until(
            lambda: [handler for handler in handlers if handler.all("delivery")],
            "somebody gets a delivery",
        )
        self.assertEqual(len(found), 1)
        return found[0]

    def test_a_handler_that_comes_back_is_routed_again(self):
        adapter = self.adapter()
        self.echo().drop()
        self.echo()
        self.assert_walks(adapter, "here again")

    def test_what_came_while_the_handler_was_away_waits_for_it(self):
        adapter = self.adapter()
        self.echo().drop()
        adapter.hear("echo patience")
        self.echo()
        adapter.wait_text("patience")

    def test_a_lost_handler_hurts_no_other(self):
        adapter = self.adapter()
        self.echo()
        child = self.child("handler", name="worker", words=["work"])
        adapter.hear("work")
        child.wait("delivery")
        child.kill()
        for number in range(20):
            self.assert_walks(adapter, f"walk {number}")

    def test_an_attempt_that_is_over_can_neither_say_nor_finish(self):
        adapter = self.adapter()
        handler = self.handler("worker", command("work"))
        seq = adapter.hear("work")
        first = handler.wait_delivery(attempt=1)
        handler.nack(first)
        second = handler.wait_delivery(attempt=2)
        handler.say(first, "stale words")
        handler.finish(first, "stale answer")
        self.assertEqual(handler.wait_outcome(first), "STALE")
        handler.finish(second, "answer")
        self.assertEqual(handler.wait_outcome(second, count=2), "OK")
        adapter.settle(seq)
        self.assertEqual(adapter.texts(), ["answer"])


class ResumeTest(HubCase):
    """A stream that broke has a second to come back and keeps what it holds."""

    def test_an_instance_that_comes_back_at_once_keeps_its_deliveries(self):
        adapter = self.adapter()
        before = self.handler("worker", command("work"))
        adapter.hear("work one")
        adapter.hear("work two")
        held, forgotten = before.wait("delivery", count=2)
        after = self.handler(
            "worker",
            command("work"),
            attach=False,
            instance_token=before.hello_ok.instance_token,
            holding=[{"delivery": held.id, "attempt": 1}],
        )
        before.drop()
        hello_ok = after.attach()
        self.assertEqual([each.delivery for each in hello_ok.holding], [held.id])
        after.finish(held, "kept")
        self.assertEqual(after.wait_outcome(held), "OK")
        adapter.wait_text("kept")
        # What it does not hold any more goes again.
        again = after.wait_delivery("work two", attempt=2)
        self.assertEqual(again.id, forgotten.id)
        self.assertEqual([d.id for d in after.all("delivery")], [forgotten.id])

    def test_who_comes_back_too_late_is_a_new_instance(self):
        adapter = self.adapter()
        before = self.handler("worker", command("work"))
        adapter.hear("work")
        held = before.wait_delivery()
        before.drop()
        other = self.handler("worker", command("work"))
        other.wait_delivery(attempt=2)
        late = self.handler(
            "worker",
            command("work"),
            instance_token=before.hello_ok.instance_token,
            holding=[{"delivery": held.id, "attempt": 1}],
        )
        self.assertEqual(list(late.hello_ok.holding), [])
        late.finish(held, "too late")
        self.assertEqual(late.wait_outcome(held), "STALE")

    def test_a_token_that_nobody_knows_is_a_new_instance(self):
        adapter = self.adapter()
        handler = self.handler(
            "echo",
            instance_token="made up",
            holding=[{"delivery": "made up", "attempt": 1}],
            answers=lambda delivery: delivery.captures["rest"],
        )
        self.assertEqual(list(handler.hello_ok.holding), [])
        self.assertNotEqual(handler.hello_ok.instance_token, "made up")
        self.assert_walks(adapter, "new")

    def test_who_leaves_finishes_what_it_holds_gets_nothing_new_and_is_let_go(self):
        adapter = self.adapter()
        leaver = self.handler("worker", command("work"))
        adapter.hear("work one", room="one")
        held = leaver.wait_delivery("work one")
        leaver.leave()
        stayer = self.handler("worker", command("work"))
        for number in range(10):
            adapter.hear(f"work more {number}", room=f"room{number}")
        stayer.wait("delivery", count=10)
        leaver.finish(held, "finished")
        adapter.wait_text("finished")
        self.assertEqual(leaver.stream.wait_end(), grpc.StatusCode.OK)
        self.assertEqual(len(leaver.all("delivery")), 1)


class NackTest(HubCase):
    def test_a_delivery_that_was_given_back_comes_again_after_the_time_asked_for(self):
        adapter = self.adapter()
        handler = self.handler("worker", command("work"))
        adapter.hear("work")
        first = handler.wait_delivery(attempt=1)
        given_back = time.monotonic()
        handler.nack(first, retry_after=1.5)
        second = handler.wait_delivery(attempt=2)
        self.assertGreater(time.monotonic() - given_back, 1.4)
        self.assertEqual(second.id, first.id)
        handler.finish(second, "done")
        adapter.wait_text("done")

    def test_without_a_time_it_comes_again_at_once(self):
        adapter = self.adapter()
        handler = self.handler("worker", command("work"))
        adapter.hear("work")
        handler.nack(handler.wait_delivery(attempt=1))
        handler.wait_delivery(attempt=2, timeout=5)

    def test_when_the_attempts_are_used_up_the_chat_hears_the_fallback_once(self):
        adapter = self.adapter()
        route = command("work", maximum_attempts=2, fallback_text="no luck")
        handler = self.handler("worker", route)
        seq = adapter.hear("work")
        for attempt in (1, 2):
            handler.nack(handler.wait_delivery(attempt=attempt), why="cannot")
        adapter.wait_text("no luck")
        adapter.settle(seq)
        self.assertEqual(adapter.texts(), ["no luck"])
        self.assertEqual(len(handler.all("delivery")), 2)

    def test_three_attempts_are_made_where_the_route_says_nothing(self):
        adapter = self.adapter()
        handler = self.handler("worker", command("work", fallback_text="no luck"))
        adapter.hear("work")
        for attempt in (1, 2, 3):
            handler.nack(handler.wait_delivery(attempt=attempt))
        adapter.wait_text("no luck")
        self.assertEqual(len(handler.all("delivery")), 3)

    def test_a_route_may_ask_for_one_attempt_only(self):
        adapter = self.adapter()
        handler = self.handler("once", command("once", maximum_attempts=1, fallback_text="over"))
        adapter.hear("once")
        handler.nack(handler.wait_delivery(attempt=1))
        adapter.wait_text("over")
        self.assertEqual(len(handler.all("delivery")), 1)

    def test_an_ordered_route_holds_back_those_behind_it(self):
        adapter = self.adapter()
        handler = self.handler("worker", command("work", ordered=True), maximum_in_flight=1)
        adapter.hear("work one")
        adapter.hear("work two")
        handler.nack(handler.wait_delivery("work one", attempt=1), retry_after=1)
        again = handler.wait_delivery("work one", attempt=2)
        self.assertEqual(len(handler.all("delivery")), 2)
        handler.finish(again, "one")
        handler.finish(handler.wait_delivery("work two"), "two")
        adapter.wait_text("two")
        self.assertEqual(adapter.texts(), ["one", "two"])


if __name__ == "__main__":
    unittest.main()

"""The walk of one message: from the adapter to every handler that waits for it, and back."""

import time
import unittest

from harness.case import HubCase
from harness.words import command, pattern, say, texts_of
from chathub.v1 import handlers_pb2, message_pb2, problem_pb2


class WalkTest(HubCase):
    def test_a_message_reaches_its_handler_and_the_answer_comes_back(self):
        adapter = self.adapter()
        echo = self.echo()
        seq = adapter.hear("echo hello", user="ada", room="lab")
        delivery = echo.wait_delivery("echo hello")
        self.assertEqual(delivery.attempt, 1)
        self.assertEqual(delivery.event.user.id, "shell/ada")
        self.assertEqual(delivery.event.conversation.room, "shell/lab")
        order = adapter.wait_text("hello")
        self.assertEqual(order.key, delivery.id)
        self.assertEqual(order.conversation, delivery.event.conversation)
        adapter.wait_accepted(seq)
        self.assertEqual(echo.wait_outcome(delivery), "OK")

    def test_every_matching_route_of_every_handler_gets_the_message(self):
        adapter = self.adapter()
        two = self.handler(
            "two",
            pattern(r"^deploy (?P<what>\w+)", "named"),
            pattern("prod", "word"),
            pattern("nothing like it", "other"),
            answers=lambda delivery: f"two/{delivery.route}",
        )
        self.handler("one", command("deploy"), answers=lambda delivery: "one/deploy")
        seq = adapter.hear("deploy web to prod")
        adapter.settle(seq)
        self.assertCountEqual(adapter.texts(), ["two/named", "two/word", "one/deploy"])
        self.assertEqual(two.wait_delivery(route="named").captures["what"], "web")
        self.assertEqual(len({order.key for order in adapter.all("order")}), 3)

    def test_a_message_that_nobody_waits_for_is_accepted_and_settled(self):
        adapter = self.adapter()
        self.echo()
        seq = adapter.hear("what a lovely day")
        adapter.wait_accepted(seq)
        adapter.settle(seq)
        self.assertEqual(adapter.all("order"), [])

    def test_many_events_in_one_frame_are_all_heard(self):
        adapter = self.adapter()
        self.echo()
        last = [adapter.hear(f"echo {number}") for number in range(200)][-1]
        adapter.settle(last)
        self.assertEqual(adapter.texts(), [str(number) for number in range(200)])

    def test_several_actions_of_one_answer_are_one_order_in_their_order(self):
        adapter = self.adapter()
        handler = self.handler("poet", answers=lambda delivery: ["roses", "violets"])
        adapter.hear("poet")
        self.assertEqual(texts_of(adapter.wait_text("roses")), ["roses", "violets"])
        posted = handler.wait("posted", count=2)
        self.assertEqual([each.index for each in posted], [0, 1])

    def test_an_empty_answer_ends_the_delivery_without_an_order(self):
        adapter = self.adapter()
        handler = self.handler("quiet", answers=lambda delivery: [])
        seq = adapter.hear("quiet")
        adapter.settle(seq)
        self.assertEqual(handler.wait_outcome(handler.wait_delivery()), "OK")
        self.assertEqual(adapter.all("order"), [])

    def test_the_handler_hears_what_became_of_its_answer(self):
        adapter = self.adapter()
        echo = self.echo()
        adapter.hear("echo one")
        posted = echo.wait("posted")
        self.assertEqual(posted.key, echo.wait_delivery().id)
        self.assertEqual(list(posted.result.platform_ids), ["m1"])
        self.assertFalse(posted.result.HasField("problem"))

    def test_the_handler_hears_why_its_answer_could_not_be_posted(self):
        adapter = self.adapter(answers=False)
        echo = self.echo()
        adapter.hear("echo one")
        reason = problem_pb2.REASON_UNSUPPORTED
        problem = problem_pb2.Problem(reason=reason, detail="the room is closed")
        adapter.done(adapter.wait("order"), problem)
        posted = echo.wait("posted")
        self.assertEqual(posted.result.problem.detail, "the room is closed")

    def test_settled_means_that_the_orders_are_done(self):
        adapter = self.adapter(answers=False)
        self.echo()
        seq = adapter.hear("echo one")
        order = adapter.wait_text("one")
        adapter.item(await_settled={"up_to": seq})
        # By the time a second walk is over the hub has long read the question.
        adapter.hear("echo two", room="attic")
        adapter.wait_text("two")
        self.assertEqual(adapter.all("settled"), [])
        adapter.done(order)
        adapter.wait("settled", lambda settled: settled.up_to >= seq)

    def test_events_other_than_messages_reach_the_routes_that_wait_for_them(self):
        adapter = self.adapter()
        joined = handlers_pb2.Route(id="joined", event=message_pb2.EVENT_KIND_JOINED)
        greeter = self.handler("greeter", joined, answers=lambda delivery: "welcome")
        event = message_pb2.Event(
            conversation=message_pb2.Conversation(adapter="shell", room="shell/lab"),
            user=message_pb2.User(id="shell/ada"),
            joined=message_pb2.UserJoined(),
        )
        adapter.happen(event)
        adapter.wait_text("welcome")
        self.assertEqual(greeter.wait_delivery().event.WhichOneof("kind"), "joined")


class FinishTest(HubCase):
    def test_a_repeated_finish_answers_only_once(self):
        adapter = self.adapter()
        handler = self.handler("twice")
        seq = adapter.hear("twice")
        delivery = handler.wait_delivery()
        handler.finish(delivery, "first")
        handler.finish(delivery, "second")
        handler.wait_outcome(delivery, count=2)
        adapter.settle(seq)
        self.assertEqual(adapter.texts(), ["first"])

    def test_a_delivery_of_somebody_else_cannot_be_finished(self):
        adapter = self.adapter()
        owner = self.handler("owner")
        thief = self.handler("thief")
        adapter.hear("owner")
        delivery = owner.wait_delivery()
        thief.finish(delivery, "stolen")
        self.assertEqual(thief.wait_outcome(delivery), "STALE")
        owner.finish(delivery, "mine")
        self.assertEqual(owner.wait_outcome(delivery), "OK")
        adapter.wait_text("mine")
        self.assertNotIn("stolen", adapter.texts())

    def test_store_writes_happen_with_the_answer_or_not_at_all(self):
        adapter = self.adapter()
        handler = self.handler("karma")
        adapter.hear("karma ada")
        first = handler.wait_delivery("karma ada")
        handler.finish(first, "1", store_writes=[{"key": "ada", "add": 1}])
        self.assertEqual(handler.wait_outcome(first), "OK")
        adapter.hear("karma bob")
        second = handler.wait_delivery("karma bob")
        # The key exists by now, so "only if there is no such key" does not hold.
        write = {"key": "ada", "put": {"value": b"7"}, "if_revision": 0}
        handler.finish(second, "wrong", store_writes=[write])
        self.assertEqual(handler.wait_outcome(second), "CONFLICT")
        conflict = handler.wait("finish_result", lambda r: r.delivery == second.id).conflict
        self.assertEqual(conflict.key, "ada")
        write["if_revision"] = conflict.revision
        handler.finish(second, "right", store_writes=[write])
        self.assertEqual(handler.wait_outcome(second, count=2), "OK")
        adapter.wait_text("right")
        self.assertNotIn("wrong", adapter.texts())

    def test_progress_is_said_at_once_and_in_order(self):
        adapter = self.adapter()
        handler = self.handler("slow")
        seq = adapter.hear("slow")
        delivery = handler.wait_delivery()
        handler.say(delivery, "a third", key="p1")
        adapter.wait_text("a third")
        handler.say(delivery, "two thirds")
        adapter.wait_text("two thirds")
        handler.finish(delivery, "done")
        adapter.settle(seq)
        self.assertEqual(adapter.texts(), ["a third", "two thirds", "done"])
        self.assertEqual(handler.wait("posted", lambda posted: posted.key == "p1").index, 0)

    def test_an_answer_may_be_sent_later_than_now(self):
        adapter = self.adapter()
        handler = self.handler("later")
        adapter.hear("later")
        delivery = handler.wait_delivery()
        now = delivery.received_at.ToMilliseconds() / 1000
        handler.finish(delivery, "now", say("later", not_before=now + 2))
        adapter.wait_text("now")
        self.assertEqual(handler.wait_outcome(delivery), "OK")
        order = adapter.wait_text("later")
        self.assertEqual(order.key, f"{delivery.id}/1")
        # The hub's clock and ours are one; a little for a coarse timer.
        self.assertGreater(time.time(), now + 2 - 0.1)


if __name__ == "__main__":
    unittest.main()

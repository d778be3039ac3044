"""An adapter breaks off and comes back: nothing is lost, nothing is run or posted twice."""

import unittest

import grpc
from harness.adapter import EVERYTHING
from harness.case import HubCase
from harness.words import texts_of
from chathub.v1 import adapters_pb2


class EpochTest(HubCase):
    def test_an_adapter_that_died_and_begins_anew_is_heard(self):
        self.echo()
        first = self.child("adapter")
        first.order("say echo before")
        first.wait("text", text="before")
        first.kill()
        second = self.adapter()
        self.assertEqual(second.hello_ok.accepted, 0)
        self.assert_walks(second, "after")

    def test_one_that_kept_its_outbox_hears_what_was_accepted(self):
        echo = self.echo()
        first = self.adapter()
        for number in range(5):
            last = first.hear(f"echo {number}")
        first.wait_accepted(last)
        first.settle(last)
        first.drop()
        second = self.adapter(
            epoch=first.epoch, incarnation=first.incarnation, first_seq=3, oldest_unaccepted=3
        )
        self.assertEqual(second.hello_ok.accepted, 5)
        # It repeats what it has not heard of, and goes on.
        for number in (2, 3, 4, 5):
            last = second.hear(f"echo {number}", resent=number < 5)
        second.wait_text("5")
        second.settle(last)
        self.assertEqual(second.texts(), ["5"])
        self.assertEqual(len(echo.all("delivery")), 6)

    def test_an_event_repeated_on_one_stream_is_not_run_twice(self):
        adapter = self.adapter()
        echo = self.echo()
        adapter.hear("echo one")
        again = self.message("echo one")
        adapter.happen(again, seq=1, resent=True)
        adapter.happen(self.message("echo two"), seq=2)
        adapter.wait_text("two")
        adapter.settle(2)
        self.assertEqual(adapter.texts(), ["one", "two"])
        self.assertEqual(len(echo.all("delivery")), 2)

    def message(self, text):
        talk = {"adapter": "shell", "room": "shell/lab"}
        content = {"content": {"text": text}}
        return {"conversation": talk, "user": {"id": "shell/ada"}, "message": content}

    def test_the_chat_services_own_id_is_known_again_in_a_new_epoch(self):
        echo = self.echo()
        first = self.adapter()
        first.settle(first.hear("echo once", service_event_id="s-17"))
        self.assertEqual(first.texts(), ["once"])
        first.drop()
        second = self.adapter()
        second.hear("echo once", service_event_id="s-17", resent=True)
        self.assert_walks(second, "twice")
        self.assertEqual(len(echo.all("delivery")), 2)
        self.assertEqual(second.texts(), ["twice"])

    def test_the_cursor_survives_a_new_epoch(self):
        first = self.adapter()
        self.assertEqual(first.hello_ok.cursor, "")
        first.hear("one", cursor="page 7")
        last = first.hear("two")
        first.wait_accepted(last)
        first.drop()
        second = self.adapter()
        self.assertEqual((second.hello_ok.accepted, second.hello_ok.cursor), (0, "page 7"))

    def test_a_gap_is_taken_note_of_and_what_follows_is_heard(self):
        adapter = self.adapter()
        self.echo()
        adapter.hear("echo 1")
        adapter.item(gap=adapters_pb2.Gap(**{"from": 2, "to": 4}))
        adapter.happen(self.message("echo 5"), seq=5)
        adapter.wait_text("5")
        adapter.wait_accepted(5)
        adapter.settle(5)

    def test_what_the_hub_misses_below_the_oldest_is_a_gap(self):
        """As after a crash of a hub whose engine keeps nothing."""
        self.echo()
        adapter = self.adapter(first_seq=8, oldest_unaccepted=8)
        last = adapter.hear("echo 8")
        adapter.wait_text("8")
        adapter.wait_accepted(last)

    def test_after_a_crash_of_the_hub_everybody_can_come_back(self):
        first = self.adapter()
        echo = self.echo()
        self.assert_walks(first, "before")
        self.hub.kill()
        first.stream.wait_end()
        echo.stream.wait_end()
        self.hub.start()
        second = self.adapter(epoch=first.epoch, first_seq=2, oldest_unaccepted=2)
        self.echo()
        self.assert_walks(second, "after")


class OrdersTest(HubCase):
    """An order that was handed out and is not Done."""

    def leave_in_doubt(self, **options):
        self.echo()
        adapter = self.adapter(answers=False, **options)
        adapter.hear("echo maybe")
        order = adapter.wait_text("maybe")
        adapter.drop()
        return adapter, order

    def test_it_is_sent_again_to_a_new_life_and_marked(self):
        _, before = self.leave_in_doubt()
        after = self.adapter().wait_text("maybe")
        self.assertEqual(after.key, before.key)
        self.assertTrue(after.resent)
        self.assertFalse(before.resent)

    def test_it_is_sent_again_to_the_same_life_too(self):
        first, before = self.leave_in_doubt()
        second = self.adapter(
            epoch=first.epoch, incarnation=first.incarnation, first_seq=2, oldest_unaccepted=2
        )
        self.assertEqual(second.wait_text("maybe").key, before.key)

    def test_what_was_done_is_not_sent_again(self):
        self.echo()
        first = self.adapter()
        first.settle(first.hear("echo once"))
        first.drop()
        second = self.adapter()
        self.assert_walks(second, "more")
        self.assertEqual(second.texts(), ["more"])

    def test_an_answer_given_while_the_adapter_was_away_waits_for_it(self):
        first = self.adapter()
        handler = self.handler("slow")
        first.wait_accepted(first.hear("slow"))
        delivery = handler.wait_delivery()
        first.drop()
        handler.finish(delivery, "welcome back")
        self.assertEqual(handler.wait_outcome(delivery), "OK")
        self.adapter().wait_text("welcome back")
        handler.wait("posted")


class DroppedDoubtsTest(HubCase):
    configuration = '[adapters.shell]\nin_doubt = "drop"\n'

    def test_the_operator_may_prefer_a_loss_to_a_double(self):
        echo = self.echo()
        first = self.adapter(answers=False)
        first.hear("echo maybe")
        first.wait_text("maybe")
        first.drop()
        second = self.adapter()
        self.assert_walks(second, "sure")
        self.assertEqual(second.texts(), ["sure"])
        posted = echo.wait("posted", lambda posted: posted.result.HasField("problem"))
        self.assertEqual(posted.key, echo.wait_delivery("echo maybe").id)

    def test_a_service_that_refuses_doubles_gets_it_again_all_the_same(self):
        self.echo()
        service = adapters_pb2.DEDUP_SERVICE
        first = self.adapter(answers=False, dedup=service)
        first.hear("echo maybe")
        first.wait_text("maybe")
        first.drop()
        self.adapter(dedup=service).wait_text("maybe")


class CapabilitiesTest(HubCase):
    """What the chat service cannot do is done otherwise, or said to be impossible."""

    def answer(self, *actions, **capabilities):
        """A handler answers with these actions; returns what it hears and the adapter."""
        adapter = self.adapter(capabilities=adapters_pb2.Capabilities(**capabilities))
        handler = self.handler("worker", answers=lambda delivery: actions)
        seq = adapter.hear("worker")
        posted = handler.wait("posted", count=len(actions))
        adapter.settle(seq)
        return adapter, posted if isinstance(posted, list) else [posted]

    def test_an_edit_becomes_a_new_message(self):
        edit = {"edit": {"target": {"platform_id": "m1"}, "content": {"text": "better"}}}
        adapter, (posted,) = self.answer(edit)
        self.assertEqual(adapter.texts(), ["better"])
        self.assertFalse(posted.result.HasField("problem"))

    def test_a_reaction_has_nothing_to_stand_for_it(self):
        react = {"react": {"target": {"platform_id": "m1"}, "emoji": "👍"}}
        adapter, (posted,) = self.answer(react)
        self.assertTrue(posted.result.HasField("problem"))
        kinds = [a.WhichOneof("kind") for order in adapter.all("order") for a in order.actions]
        self.assertEqual(kinds, [])

    def test_what_came_before_the_impossible_is_done(self):
        react = {"react": {"target": {"platform_id": "m1"}, "emoji": "👍"}}
        adapter, posted = self.answer({"send": {"content": {"text": "first"}}}, react)
        self.assertEqual(adapter.texts(), ["first"])
        self.assertFalse(posted[0].result.HasField("problem"))
        self.assertTrue(posted[1].result.HasField("problem"))

    def test_a_service_that_can_gets_what_was_meant(self):
        adapter = self.adapter(capabilities=EVERYTHING)
        react = {"react": {"target": {"platform_id": "m1"}, "emoji": "👍"}}
        self.handler("worker", answers=lambda delivery: [react])
        adapter.hear("worker")
        order = adapter.wait("order")
        self.assertEqual(order.actions[0].react.emoji, "👍")
        self.assertEqual(order.actions[0].react.target.platform_id, "m1")


class EditTest(HubCase):
    def test_what_was_posted_before_can_be_edited_by_its_key(self):
        adapter = self.adapter()
        handler = self.handler("worker")
        adapter.hear("worker")
        delivery = handler.wait_delivery()
        handler.say(delivery, "working", key="progress")
        first = adapter.wait_text("working")
        handler.wait("posted")
        target = {"posted": {"key": "progress", "index": 0}}
        handler.finish(delivery, {"edit": {"target": target, "content": {"text": "done"}}})
        self.assertEqual(handler.wait_outcome(delivery), "OK")
        order = adapter.wait("order", lambda order: order.actions[0].HasField("edit"))
        edit = order.actions[0].edit
        self.assertEqual(edit.content.text, "done")
        # By the chat service's id, or by the key under which the adapter knows its order.
        if edit.target.WhichOneof("by") == "platform_id":
            self.assertEqual(edit.target.platform_id, "m1")
        else:
            self.assertEqual(edit.target.posted.key, first.key)

    def test_an_answer_to_another_message_names_it(self):
        adapter = self.adapter()
        self.handler(
            "worker",
            answers=lambda d: [{"send": {"content": {"text": "yes", "reply_to": "m-42"}}}],
        )
        adapter.hear("worker")
        order = adapter.wait_text("yes")
        self.assertEqual(order.actions[0].send.content.reply_to, "m-42")
        self.assertEqual(texts_of(order), ["yes"])


class LeavingTest(HubCase):
    def test_who_leaves_reports_what_is_out_and_is_let_go(self):
        self.echo()
        adapter = self.adapter(answers=False)
        adapter.hear("echo last words")
        order = adapter.wait_text("last words")
        adapter.leave()
        adapter.done(order)
        self.assertEqual(adapter.stream.wait_end(), grpc.StatusCode.OK)
        # Nothing is in doubt.
        second = self.adapter()
        self.assert_walks(second, "next")
        self.assertEqual(second.texts(), ["next"])

    def test_a_name_may_be_taken_again_as_soon_as_it_is_free(self):
        for _ in range(5):
            self.adapter().drop()
        first = self.adapter()
        first.leave()
        first.stream.wait_end()
        self.adapter()


if __name__ == "__main__":
    unittest.main()

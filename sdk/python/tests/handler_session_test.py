"""The talk of a handler, in the test's own time: renewals, resumption, refused answers."""

import unittest

from chathub._handler_session import HandlerSession
from chathub._held import Answer
from chathub._log import PeerLog
from chathub.v1 import handlers_pb2 as wire
from chathub.v1 import message_pb2

OK = wire.FINISH_OUTCOME_OK
REFUSED = wire.FINISH_OUTCOME_REFUSED
STALE = wire.FINISH_OUTCOME_STALE


def delivery(id="d1", attempt=1, room="lab"):
    talk = message_pb2.Conversation(adapter="test", room=room)
    event = message_pb2.Event(conversation=talk)
    return wire.Delivery(id=id, attempt=attempt, route="r", event=event)


class HandlerSessionTest(unittest.TestCase):
    def setUp(self):
        self.jobs = []
        self.session = HandlerSession(
            wire.HandlerHello(name="test", routes=[wire.Route(id="r")]),
            PeerLog("handler/test"),
            is_free=lambda route: False,
            begin=self.jobs.append,
            on_posted=lambda posted: None,
        )

    def hear(self, now=0.0, **command):
        items = [wire.HandlerCommand(**command)]
        self.session.hear(wire.HandlersAttachResponse(items=items), now)

    def said(self, now=0.0):
        """Everything that the session says, by kind."""
        items = []
        while (frame := self.session.fill(now)) is not None:
            items += frame.items
        return [(item.WhichOneof("kind"), getattr(item, item.WhichOneof("kind"))) for item in items]

    def kinds(self, now=0.0):
        return [kind for kind, _ in self.said(now)]

    def attach(self, now=0.0, holding=()):
        self.session.opened(now)
        [(kind, hello)] = self.said(now)
        self.assertEqual(kind, "hello")
        ok = wire.HandlerHelloOk(instance_token="t", lease={"seconds": 9}, holding=holding)
        self.hear(now, hello_ok=ok)
        return hello

    def answer(self, text="hello"):
        send = message_pb2.SendAction(content=message_pb2.Content(text=text))
        return Answer(actions=[message_pb2.Action(send=send)])

    def result(self, outcome, now=0.0, **fields):
        self.hear(now, finish_result=wire.FinishResult(delivery="d1", outcome=outcome, **fields))

    def test_what_it_holds_is_renewed_each_third_of_the_lease(self):
        self.attach()
        self.assertIsNone(self.session.next_wake())
        self.hear(now=1.0, delivery=delivery())
        self.assertEqual(self.session.next_wake(), 4.0)
        self.session.tick(3.9)
        self.assertEqual(self.kinds(), [])
        self.session.tick(4.0)
        [(kind, renew)] = self.said()
        self.assertEqual((kind, list(renew.deliveries)), ("renew", ["d1"]))
        self.assertEqual(self.session.next_wake(), 7.0)
        self.session.returned(self.jobs[0], self.answer())
        self.result(OK)
        self.session.tick(7.0)
        self.assertEqual(self.kinds(), ["finish"])
        self.assertIsNone(self.session.next_wake())

    def test_within_a_second_it_comes_back_as_the_same_instance(self):
        self.attach()
        self.hear(delivery=delivery(attempt=2))
        self.session.closed(10.0)
        hello = self.attach(10.9, [wire.Holding(delivery="d1", attempt=2)])
        self.assertEqual(hello.instance_token, "t")
        self.assertEqual([(h.delivery, h.attempt) for h in hello.holding], [("d1", 2)])
        self.assertFalse(self.jobs[0].cancelled)

    def test_after_a_second_it_is_a_new_instance_with_empty_hands(self):
        self.attach()
        self.hear(delivery=delivery())
        self.session.closed(10.0)
        with self.assertLogs("chathub", "WARNING"):
            hello = self.attach(11.1)
        self.assertEqual((hello.instance_token, len(hello.holding)), ("", 0))
        self.assertTrue(self.jobs[0].cancelled)

    def test_what_the_hub_gave_away_meanwhile_is_dropped(self):
        self.attach()
        self.hear(delivery=delivery())
        self.session.closed(10.0)
        self.attach(10.1, holding=[wire.Holding(delivery="d1", attempt=2)])
        self.assertTrue(self.jobs[0].cancelled)

    def test_what_was_said_while_the_line_was_cut_is_said_afterwards(self):
        self.attach()
        self.hear(delivery=delivery())
        self.session.closed(10.0)
        self.session.say(self.jobs[0], "k", message_pb2.Action())
        self.session.returned(self.jobs[0], self.answer())
        self.assertEqual(self.kinds(), [])
        self.attach(10.1, [wire.Holding(delivery="d1", attempt=1)])
        self.assertEqual(self.kinds(), ["say", "finish"])

    def test_a_finish_without_an_answer_is_said_again_on_the_next_line(self):
        self.attach()
        self.hear(delivery=delivery())
        self.session.returned(self.jobs[0], self.answer())
        self.assertEqual(self.kinds(), ["finish"])
        self.session.closed(10.0)
        self.attach(10.1, [wire.Holding(delivery="d1", attempt=1)])
        self.assertEqual(self.kinds(), ["finish"])

    def test_a_refused_answer_is_said_again_when_the_hub_says(self):
        self.attach()
        self.hear(delivery=delivery())
        self.session.returned(self.jobs[0], self.answer())
        self.said()
        problem = {"detail": "full", "retry_after": {"seconds": 2}}
        self.result(REFUSED, now=1.0, problem=problem)
        self.assertEqual(self.session.next_wake(), 3.0)
        self.session.tick(2.9)
        self.assertEqual(self.kinds(), [])
        self.session.tick(3.0)
        self.assertEqual(self.kinds(), ["renew", "finish"])

    def test_an_answer_refused_for_good_is_given_up(self):
        self.attach()
        self.hear(delivery=delivery())
        self.session.returned(self.jobs[0], self.answer())
        self.said()
        with self.assertLogs("chathub", "WARNING"):
            self.result(REFUSED, problem={"detail": "no such room"})
        [(kind, nack)] = self.said()
        self.assertEqual((kind, nack.why), ("nack", "the answer was refused: no such room"))

    def test_a_stale_answer_is_told_to_the_log_alone(self):
        self.attach()
        self.hear(delivery=delivery())
        self.session.returned(self.jobs[0], self.answer())
        self.said()
        with self.assertLogs("chathub", "WARNING") as logs:
            self.result(STALE)
        self.assertIn("too late", logs.output[0])
        self.assertEqual(self.kinds(), [])

    def test_a_later_attempt_takes_the_place_of_the_earlier_one(self):
        self.attach()
        self.hear(delivery=delivery(attempt=1))
        self.hear(delivery=delivery(attempt=2))
        self.assertTrue(self.jobs[0].cancelled)
        self.session.returned(self.jobs[0], Answer(gave_up="cancelled"))
        self.assertEqual(len(self.jobs), 2)
        self.session.returned(self.jobs[1], self.answer())
        [(kind, finish)] = self.said()
        self.assertEqual((kind, finish.attempt), ("finish", 2))

    def test_a_cancel_of_an_earlier_attempt_means_nobody(self):
        self.attach()
        self.hear(delivery=delivery(attempt=2))
        self.hear(cancel=wire.Cancel(delivery="d1", attempt=1))
        self.assertFalse(self.jobs[0].cancelled)

    def test_after_a_drain_it_does_not_claim_to_hold_anything(self):
        self.attach()
        self.hear(delivery=delivery())
        self.hear(draining={})
        self.session.closed(10.0)
        with self.assertLogs("chathub", "WARNING"):
            self.assertEqual(self.attach(10.1).instance_token, "")

    def test_what_crossed_the_leaving_is_served(self):
        self.attach()
        self.session.leave()
        self.assertEqual(self.kinds(), ["leaving"])
        self.hear(delivery=delivery())
        self.session.returned(self.jobs[0], self.answer())
        self.assertEqual(self.kinds(), ["finish"])

    def test_collisions_are_told(self):
        self.session.opened(0.0)
        collision = {"route": "r", "other_handler": "h", "other_route": "o", "trigger": "hi"}
        with self.assertLogs("chathub", "WARNING") as logs:
            self.hear(hello_ok=wire.HandlerHelloOk(collisions=[collision]))
        self.assertIn("handler/test: route r waits for the same (hi) as h/o", logs.output[0])


if __name__ == "__main__":
    unittest.main()

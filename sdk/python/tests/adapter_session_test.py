"""The talk of an adapter, in the test's own time: gaps, overflow, hubs that forgot."""

import unittest

from chathub._adapter_session import AdapterSession
from chathub._done_memory import DoneMemory
from chathub._log import PeerLog
from chathub._outbox import MOST_UNACCEPTED, Outbox
from chathub.v1 import adapters_pb2 as wire


class AdapterSessionTest(unittest.TestCase):
    def setUp(self):
        self.session = AdapterSession(
            wire.AdapterHello(name="test"),
            PeerLog("adapter/test"),
            outbox=Outbox(3, 1000),
            memory=DoneMemory(2),
            on_order=lambda order: None,
            on_attached=lambda ok: None,
            on_progress=lambda: None,
        )

    def said(self, now=0.0):
        items = []
        while (frame := self.session.fill(now)) is not None:
            items += frame.items
        return [getattr(item, item.WhichOneof("kind")) for item in items]

    def hear(self, **command):
        items = [wire.AdapterCommand(**command)]
        self.session.hear(wire.AdaptersAttachResponse(items=items), 0.0)

    def emit(self, count=1, now=0.0):
        for _ in range(count):
            self.session.emit(wire.AdapterEvent(), now)

    def span(self, gap):
        self.assertIsInstance(gap, wire.Gap)
        return getattr(gap, "from"), gap.to

    def test_a_name_that_changed_before_the_greeting_is_said_behind_it(self):
        self.session.opened(0.0)
        self.said()
        self.session.rename("test/bot", ["bot"])
        self.emit()
        self.assertEqual(self.said(), [])
        self.hear(hello_ok={})
        hello, event = self.said()
        self.assertEqual(list(hello.mention_names), ["bot"])
        self.assertIsInstance(event, wire.AdapterEvent)

    def test_an_event_is_as_old_as_it_has_waited(self):
        self.emit(now=1.0)
        self.session.opened(4.0)
        self.hear(hello_ok={})
        _, event = self.said(4.5)
        self.assertEqual(event.age.ToMilliseconds(), 3500)

    def test_nothing_but_the_hello_is_said_before_the_greeting(self):
        self.emit()
        self.session.opened(0.0)
        [hello] = self.said()
        self.assertEqual(hello.oldest_unaccepted, 1)

    def test_what_overflows_unsaid_is_a_gap(self):
        self.session.opened(0.0)
        self.hear(hello_ok={})
        self.said()
        self.emit(5)
        with self.assertLogs("chathub", "WARNING"):
            gap, *events = self.said()
        self.assertEqual(self.span(gap), (1, 2))
        self.assertEqual([event.seq for event in events], [3, 4, 5])

    def test_what_overflows_after_it_was_said_is_none(self):
        self.session.opened(0.0)
        self.hear(hello_ok={})
        self.emit(3)
        self.said()
        self.emit(1)
        self.assertEqual([event.seq for event in self.said()], [4])

    def test_so_many_are_said_and_not_accepted(self):
        self.session.outbox = Outbox(MOST_UNACCEPTED, 1_000_000)
        self.session.opened(0.0)
        self.hear(hello_ok={})
        self.said()
        self.emit(MOST_UNACCEPTED)
        self.assertEqual(len(self.said()), MOST_UNACCEPTED)
        self.emit(5)
        self.assertEqual(self.said(), [])
        self.hear(accepted={"up_to": 4})
        self.assertEqual(self.said(), [], "the fifth, which made room, is still on its way")
        changes = []
        self.session.changed = lambda: changes.append("changed")
        self.hear(accepted={"up_to": 5})
        self.assertEqual(changes, ["changed"], "or it would not say the next ones")
        self.assertEqual(len(self.said()), 5)
        self.session.closed(1.0)
        self.session.opened(1.0)
        self.hear(hello_ok={"accepted": 5})
        self.assertEqual(len(self.said()), 1 + MOST_UNACCEPTED)

    def test_bytes_overflow_too(self):
        outbox = Outbox(1000, 300)
        for _ in range(10):
            outbox.add(wire.AdapterEvent(), 0.0)
        self.assertGreater(outbox.oldest, 5)

    def test_a_hub_that_forgot_is_told_where_to_go_on(self):
        self.session.opened(0.0)
        self.hear(hello_ok={})
        self.emit(3)
        self.said()
        self.hear(accepted={"up_to": 2})
        self.session.closed(1.0)
        self.session.opened(1.0)
        with self.assertLogs("chathub", "WARNING"):
            self.hear(hello_ok={"accepted": 0})
        hello, gap, event = self.said()
        self.assertEqual((hello.oldest_unaccepted, self.span(gap)), (3, (1, 2)))
        self.assertEqual((event.seq, event.resent), (3, True))

    def test_a_hub_that_knows_everything_hears_nothing_again(self):
        self.emit(2)
        self.session.opened(0.0)
        self.hear(hello_ok={"accepted": 2})
        self.assertEqual(len(self.said()), 1)
        self.assertEqual(self.session.outbox.oldest, 0)

    def test_the_oldest_orders_are_forgotten(self):
        for key in ("a", "b", "c"):
            self.session.done(wire.Done(key=key))
        self.assertIsNone(self.session.memory.find("a"))
        self.assertIsNotNone(self.session.memory.find("b"))

    def test_settled_is_asked_for_again_on_a_new_stream(self):
        self.emit(1)
        self.session.opened(0.0)
        self.hear(hello_ok={})
        self.session.ask_settled()
        self.assertIsInstance(self.said()[-1], wire.AwaitSettled)
        self.session.closed(1.0)
        self.session.opened(1.0)
        self.hear(hello_ok={"accepted": 1})
        self.assertIsInstance(self.said()[-1], wire.AwaitSettled)

    def test_frames_are_closed_at_64_items(self):
        session = self.session
        session.outbox = Outbox(1000, 1_000_000)
        session.opened(0.0)
        self.hear(hello_ok={})
        self.said()
        self.emit(100)
        sizes = []
        while (frame := session.fill(0.0)) is not None:
            sizes.append(len(frame.items))
        self.assertEqual(sizes, [64, 36])

    def test_frames_are_closed_at_256_kib(self):
        session = self.session
        session.outbox = Outbox(1000, 10_000_000)
        session.opened(0.0)
        self.hear(hello_ok={})
        self.said()
        for _ in range(5):
            session.emit(wire.AdapterEvent(cursor="x" * 100_000), 0.0)
        sizes = []
        while (frame := session.fill(0.0)) is not None:
            sizes.append(len(frame.items))
        self.assertEqual(sizes, [2, 2, 1])


if __name__ == "__main__":
    unittest.main()

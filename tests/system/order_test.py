"""One conversation is answered in order, by one instance at a time; many run in parallel."""

import threading
import unittest

from harness.case import HubCase
from harness.waiting import Log, wait_until
from harness.words import command, texts_of

MESSAGES = 300


class Watch:
    """Sees every delivery of all instances and answers it from another thread, a little later."""

    def __init__(self):
        self.seen = []
        self.wrong = []
        self._holders = {}
        self._lock = threading.Lock()

    def take(self, instance, delivery):
        room = delivery.event.conversation.room
        with self._lock:
            self.seen.append((room, delivery.text))
            holders = self._holders.setdefault(room, [])
            if any(holder != instance for holder in holders):
                self.wrong.append(f"{delivery.text} reached a second instance")
            holders.append(instance)

    def let_go(self, instance, delivery):
        with self._lock:
            self._holders[delivery.event.conversation.room].remove(instance)


class OrderTest(HubCase):
    def setUp(self):
        super().setUp()
        self.chat = self.adapter()
        self.watch = Watch()

    def instance(self, number):
        """Answers each delivery with its text, in order, as fast as it can."""
        queue = Log()

        def take(delivery):
            self.watch.take(number, delivery)
            queue.add(delivery)

        handler = self.handler("worker", command("work"), answers=take)
        threading.Thread(target=self.answer, args=(number, handler, queue), daemon=True).start()
        return handler

    def answer(self, number, handler, queue):
        answered = 0
        while True:
            queue.wait(count=answered + 1, timeout=1e6)
            delivery = queue.all()[answered]
            self.watch.let_go(number, delivery)
            handler.finish(delivery, delivery.text)
            answered += 1

    def test_two_instances_keep_the_order_of_one_conversation(self):
        self.instance(1)
        self.instance(2)
        said = [f"work {number}" for number in range(MESSAGES)]
        for text in said:
            last = self.chat.hear(text)
        self.chat.settle(last)
        self.assertEqual([text for _, text in self.watch.seen], said)
        self.assertEqual(self.watch.wrong, [])
        self.assertEqual(self.chat.texts(), said)

    def test_each_of_many_conversations_keeps_its_own_order(self):
        handlers = [self.instance(1), self.instance(2)]
        rooms = [f"room{number}" for number in range(8)]
        for number in range(MESSAGES // 4):
            for room in rooms:
                last = self.chat.hear(f"work {number}", room=room)
        self.chat.settle(last)
        said = [f"work {number}" for number in range(MESSAGES // 4)]
        for room in rooms:
            orders = self.chat.wait(
                "order", lambda order, room=room: order.conversation.room == f"shell/{room}",
                count=len(said),
            )
            self.assertEqual([texts_of(order)[0] for order in orders], said)
        self.assertEqual(self.watch.wrong, [])
        for handler in handlers:
            self.assertGreater(len(handler.all("delivery")), 0)

    def test_a_conversation_stays_with_the_instance_that_holds_a_part_of_it(self):
        first = self.handler("worker", command("work"), maximum_in_flight=1)
        second = self.handler("worker", command("work"), maximum_in_flight=1)
        self.chat.hear("work one")
        holder, other = self.holder_of("work one", first, second)
        self.chat.hear("work two")
        self.chat.hear("work elsewhere", room="attic")
        other.wait_delivery("work elsewhere")
        self.assertEqual(len(other.all("delivery")), 1)
        held = holder.wait_delivery("work one")
        holder.finish(held, "one")
        holder.wait_delivery("work two")

    def holder_of(self, text, first, second):
        """Who got it, and who not."""
        def holder():
            return next((h for h in (first, second) if h.all("delivery")), None)

        found = wait_until(holder, f"somebody gets {text!r}")
        return (found, second if found is first else first)

    def test_conversations_do_not_wait_for_each_other(self):
        handler = self.handler("worker", command("work"))
        self.chat.hear("work slow", room="one")
        self.chat.hear("work quick", room="two")
        handler.finish(handler.wait_delivery("work quick"), "quick")
        self.chat.wait_text("quick")
        handler.finish(handler.wait_delivery("work slow"), "slow")
        self.chat.wait_text("slow")

    def test_a_room_its_threads_and_private_talks_are_conversations_of_their_own(self):
        handler = self.handler("worker", command("work"), maximum_in_flight=3)
        self.chat.hear("work room")
        self.chat.hear("work thread", thread="t1")
        self.chat.hear("work private", private=True)
        talks = [delivery.event.conversation for delivery in handler.wait("delivery", count=3)]
        self.assertEqual(len({talk.SerializeToString() for talk in talks}), 3)


if __name__ == "__main__":
    unittest.main()

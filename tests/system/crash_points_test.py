"""Every point at which a process can die in the walk of one message; docs/guarantees.md has the table."""

import time
import unittest

from harness.case import HubCase
from harness.words import command, texts_of

from chathub.v1 import message_pb2, store_pb2, store_pb2_grpc

WORK = command("work")
PLUS = store_pb2.StoreWrite(key="count", add=1)


class CrashPointsTest(HubCase):
    def crash_hub(self):
        self.hub.kill()
        self.hub.start()

    def again(self, adapter, **options):
        """The adapter's process went on: it has its outbox, and its memory of what it did."""
        options.setdefault("incarnation", adapter.incarnation)
        return self.adapter(epoch=adapter.epoch, **options)

    def worker(self, **options):
        return self.handler("worker", WORK, **options)

    def answering_worker(self):
        return self.worker(answers=lambda delivery: f"did {delivery.text}")

    # The hub dies.

    def test_before_dispatch_what_was_accepted_waits_for_its_handler(self):
        adapter = self.adapter()
        self.worker().depart()
        adapter.wait_accepted(adapter.hear("work 1"))
        self.crash_hub()
        again = self.again(adapter)
        self.answering_worker()
        again.wait_text("did work 1")

    def test_after_dispatch_what_was_accepted_goes_again_as_the_next_attempt(self):
        adapter = self.adapter()
        held = self.worker()
        adapter.wait_accepted(adapter.hear("work 1"))
        held.wait_delivery(attempt=1)
        self.crash_hub()
        again = self.again(adapter)
        second = self.worker()
        second.finish(second.wait_delivery(attempt=2), "did it")
        again.wait_text("did it")
        self.assertEqual(again.texts(), ["did it"])

    def test_before_the_commit_nothing_is_accepted_and_the_repeated_event_is_answered_once(self):
        adapter = self.adapter()
        held = self.worker()
        seq = adapter.hear("work 1")
        held.wait_delivery()
        self.crash_hub()  # mostly before the entry is 5 ms old
        again = self.again(adapter, oldest_unaccepted=seq)
        self.answering_worker()
        if again.hello_ok.accepted < seq:
            again.hear("work 1", seq=seq, resent=True)
        again.settle(seq)
        self.assertEqual(again.texts(), ["did work 1"])

    def test_an_accepted_that_was_lost_on_the_way_makes_no_second_answer(self):
        adapter = self.adapter()
        self.answering_worker()
        seq = adapter.hear("work 1")
        adapter.settle(seq)
        self.crash_hub()
        again = self.again(adapter, oldest_unaccepted=seq)
        worker = self.answering_worker()
        again.hear("work 1", seq=seq, resent=True)
        again.wait_accepted(again.hear("nothing", seq=seq + 1))
        again.settle(seq + 1)
        # Run again it may be, if it was finished before it was ever written; shown it is not: the
        # adapter knows the key.
        keys = {order.key for order in adapter.all("order") + again.all("order")}
        self.assertEqual(len(keys), 1)
        self.assertLessEqual(len(worker.all("delivery")), 1)

    def test_after_a_finish_with_store_writes_the_repeated_event_is_not_counted_again(self):
        adapter = self.adapter()
        worker = self.worker()
        seq = adapter.hear("work 1")
        delivery = worker.wait_delivery()
        worker.finish(delivery, "did it", store_writes=[PLUS])
        adapter.wait_text("did it")
        adapter.wait_accepted(seq)
        self.crash_hub()
        again = self.again(adapter, oldest_unaccepted=seq)
        other = self.worker()
        again.hear("work 1", seq=seq, resent=True)
        again.wait_accepted(again.hear("nothing", seq=seq + 1))
        self.assertEqual(other.all("delivery"), [])
        self.assertEqual(self.count(), b"1")

    def count(self):
        store = store_pb2_grpc.StoreStub(self.channel())
        request = store_pb2.StoreGetRequest(key="count")
        return store.Get(request, metadata=self.owner("handler/worker"), timeout=20).entry.value

    def test_an_order_that_is_out_goes_again_to_the_same_process_and_is_done_once(self):
        adapter = self.adapter(answers=False)
        self.answering_worker()
        adapter.wait_accepted(adapter.hear("work 1"))
        order = adapter.wait_text("did work 1")
        self.crash_hub()
        again = self.again(adapter, answers=False)
        repeated = again.wait("order")
        self.assertEqual(repeated.key, order.key)
        self.assertTrue(repeated.resent)
        self.assertEqual(self.status()["inDoubt"], "0")

    def test_a_running_function_goes_on_over_the_hubs_death(self):
        adapter = self.adapter()
        worker = self.worker()
        adapter.wait_accepted(adapter.hear("work 1"))
        delivery = worker.wait_delivery()
        self.crash_hub()
        again = self.again(adapter)
        holding = [{"delivery": delivery.id, "attempt": delivery.attempt}]
        back = self.worker(holding=holding)
        self.assertEqual(len(back.hello_ok.holding), 1)
        back.finish(delivery, "did it")
        again.wait_text("did it")

    def test_a_scheduled_message_comes_at_its_time_after_all(self):
        adapter = self.adapter()
        worker = self.worker()
        adapter.hear("work 1")
        later = worker.wait_delivery()
        action = self.delayed("later", seconds=3)
        worker.finish(later, "now", action)
        adapter.wait_text("now")
        self.wait_kept()
        self.crash_hub()
        again = self.again(adapter)
        again.wait_text("later")

    def delayed(self, text, seconds):
        action = message_pb2.Action()
        action.send.content.text = text
        action.send.not_before.FromMilliseconds(int(time.time() * 1000) + seconds * 1000)
        return action

    def wait_kept(self):
        """What came before is kept when a write that came after it is."""
        store = store_pb2_grpc.StoreStub(self.channel())
        request = store_pb2.StorePutRequest(key="barrier", value=b"")
        store.Put(request, metadata=self.owner("handler/worker"), timeout=20)

    # The handler dies.

    def test_before_its_finish_another_instance_answers(self):
        adapter = self.adapter()
        first = self.child("handler", name="worker", words=["work"])
        adapter.hear("work 1")
        first.wait("delivery")
        first.kill()
        second = self.worker()
        second.finish(second.wait_delivery(attempt=2), "did it")
        adapter.wait_text("did it")

    def test_after_its_finish_nobody_is_asked_again(self):
        adapter = self.adapter()
        first = self.worker()
        seq = adapter.hear("work 1")
        delivery = first.wait_delivery()
        first.finish(delivery, "did it")
        first.wait_outcome(delivery)
        first.drop()
        adapter.wait_text("did it")
        second = self.worker()
        adapter.settle(seq)
        self.assertEqual(second.all("delivery"), [])
        self.assertEqual(adapter.texts(), ["did it"])

    # The adapter dies.

    def test_before_accepted_its_service_says_the_event_again_and_it_is_answered_once(self):
        adapter = self.adapter()
        worker = self.worker()
        adapter.hear("work 1", service_event_id="s1")
        delivery = worker.wait_delivery()
        adapter.drop()
        reborn = self.adapter()
        seq = reborn.hear("work 1", service_event_id="s1")
        worker.finish(delivery, "did it")
        reborn.wait_text("did it")
        reborn.settle(seq)
        self.assertEqual(len(worker.all("delivery")), 1)
        self.assertEqual(reborn.texts(), ["did it"])

    def test_after_posting_and_before_done_the_order_is_in_doubt_and_sent_again(self):
        adapter = self.adapter(answers=False)
        self.answering_worker()
        adapter.hear("work 1")
        order = adapter.wait_text("did work 1")
        adapter.drop()
        reborn = self.adapter()
        repeated = reborn.wait_text("did work 1")
        self.assertEqual(repeated.key, order.key)
        self.assertEqual(self.status()["inDoubt"], "1")

    def test_an_adapter_and_its_hub_die_together(self):
        adapter = self.adapter(answers=False)
        self.answering_worker()
        adapter.wait_accepted(adapter.hear("work 1"))
        adapter.wait_text("did work 1")
        adapter.drop()
        self.crash_hub()
        reborn = self.adapter()
        self.assertEqual(texts_of(reborn.wait("order")), ["did work 1"])

    def status(self):
        (status,) = self.hub.command("status")
        return status


if __name__ == "__main__":
    unittest.main()

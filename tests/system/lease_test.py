"""An instance that holds a delivery says so every ten seconds, or loses it. Slow: it must be."""

import time
import unittest

from harness.case import HubCase
from harness.words import command

LEASE = 10


class LeaseTest(HubCase):
    def setUp(self):
        super().setUp()
        self.chat = self.adapter()

    def test_the_hub_tells_the_lease(self):
        handler = self.handler("worker", command("work"))
        self.assertEqual(handler.hello_ok.lease.ToMilliseconds(), LEASE * 1000)

    def test_who_renews_keeps_it_and_who_is_silent_loses_it(self):
        # Two handlers in one test: both need the same time.
        renewing = self.handler("diligent", command("slow"))
        silent = self.handler("silent", command("work"), renews=False)
        self.chat.hear("slow")
        self.chat.hear("work")
        kept = renewing.wait_delivery(attempt=1)
        lost = silent.wait_delivery(attempt=1)
        started = time.monotonic()
        heir = self.handler("silent", command("work"), answers=lambda delivery: "inherited")
        spare = self.handler("diligent", command("slow"))
        again = heir.wait_delivery(attempt=2)
        waited = time.monotonic() - started
        self.assertEqual(again.id, lost.id)
        self.assertGreater(waited, LEASE - 1)
        self.assertLess(waited, LEASE + 6)
        self.chat.wait_text("inherited")
        # Well past the lease the other one still has its own.
        time.sleep(max(0, LEASE + 4 - waited))
        self.assertEqual(spare.all("delivery"), [])
        renewing.finish(kept, "slow but sure")
        self.assertEqual(renewing.wait_outcome(kept), "OK")
        self.chat.wait_text("slow but sure")
        silent.finish(lost, "too late")
        self.assertEqual(silent.wait_outcome(lost), "STALE")
        self.assertEqual(self.chat.texts(), ["inherited", "slow but sure"])

    def test_a_silent_instance_gets_nothing_until_it_speaks(self):
        handler = self.handler("worker", command("work", deadline=60), renews=False)
        self.chat.hear("work one", room="one")
        first = handler.wait_delivery("work one")
        # The lease passes; there is nobody else to go to.
        time.sleep(LEASE + 2)
        self.chat.hear("work two", room="two")
        self.assert_no_delivery_for(handler, 1.5)
        handler.renew(first)
        handler.wait_delivery("work two", attempt=1)
        handler.wait_delivery("work one", attempt=2)

    def assert_no_delivery_for(self, handler, seconds):
        before = len(handler.all("delivery"))
        time.sleep(seconds)
        self.assertEqual(len(handler.all("delivery")), before)

    def test_a_stopped_process_loses_its_work_and_serves_again_when_it_goes_on(self):
        self.echo()
        stopped = self.child("handler", name="worker", words=["work"])
        self.chat.hear("work")
        held = stopped.wait("delivery")
        stopped.stop()
        heir = self.handler("worker", command("work"), answers=lambda delivery: "inherited")
        for number in range(20):
            self.assert_walks(self.chat, f"meanwhile {number}")
        self.assertEqual(heir.wait_delivery(attempt=2).id, held["id"])
        self.chat.wait_text("inherited")
        stopped.go_on()
        stopped.order("release")
        # Its stream may have been given up meanwhile; else it hears that it is late.
        outcome = stopped.heard.wait(lambda entry: entry["kind"] in ("finish_result", "ended"))
        self.assertEqual(outcome.get("outcome", 2), 2, "STALE")
        self.assert_walks(self.chat, "at the end")
        self.assertEqual(self.chat.texts().count("inherited"), 1)
        self.assertNotIn("late answer", self.chat.texts())


if __name__ == "__main__":
    unittest.main()

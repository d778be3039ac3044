"""Two adapters under one name: the first stays as long as it lives, and not a moment longer."""

import time
import unittest

import grpc
from harness.case import HubCase
from harness.waiting import wait_until
from chathub.v1 import problem_pb2


class TakeoverTest(HubCase):
    def test_a_second_adapter_is_refused_while_the_first_answers(self):
        first = self.adapter()
        self.echo()
        second = self.adapter(attach=False)
        second.item(hello=second.hello())
        problem = self.assert_ends(second.stream, grpc.StatusCode.ALREADY_EXISTS)
        self.assertEqual(problem.reason, problem_pb2.REASON_NAME_TAKEN)
        self.assertIn("shell", problem.detail)
        self.assertFalse(first.stream.ended())
        self.assert_walks(first, "still mine")

    def test_many_that_want_the_name_at_once_are_all_refused(self):
        first = self.adapter()
        self.echo()
        rivals = [self.adapter(attach=False) for _ in range(5)]
        for rival in rivals:
            rival.item(hello=rival.hello())
        for rival in rivals:
            self.assert_ends(rival.stream, grpc.StatusCode.ALREADY_EXISTS)
        self.assert_walks(first, "still mine")

    def test_a_silent_first_is_replaced_and_fenced(self):
        self.echo()
        first = self.child("adapter")
        first.order("say echo from the first")
        first.wait("text", text="from the first")
        wait_until(self.adapter_is_idle, "what the first posted is known to be done")
        first.stop()
        asked = time.monotonic()
        second = self.adapter()
        waited = time.monotonic() - asked
        self.assertGreater(waited, 3)
        self.assertLess(waited, 14)
        self.assert_walks(second, "from the second")
        first.order("say echo from the grave")
        first.go_on()
        self.assertNotEqual(first.wait("ended")["code"], "OK")
        self.assert_walks(second, "still here")
        self.assertEqual(second.texts(), ["from the second", "still here"])

    def adapter_is_idle(self):
        return all(peer["inFlight"] == 0 for peer in self.hub.command("peers"))

    def test_a_silent_first_that_wakes_up_in_time_stays(self):
        self.echo()
        first = self.child("adapter")
        first.stop()
        second = self.adapter(attach=False)
        second.item(hello=second.hello())
        # It sleeps for a part of the five seconds.
        time.sleep(1.5)
        first.go_on()
        self.assert_ends(second.stream, grpc.StatusCode.ALREADY_EXISTS)
        first.order("say echo alive")
        first.wait("text", text="alive")


if __name__ == "__main__":
    unittest.main()

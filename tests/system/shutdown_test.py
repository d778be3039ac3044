"""The hub goes away: it says so, finishes what it has begun, and is gone in time."""

import itertools
import signal
import subprocess
import threading
import time
import unittest

import grpc
from harness import PROGRAMS
from harness.case import HubCase
from chathub.v1 import handlers_pb2, handlers_pb2_grpc

# The contract says ten seconds; a little for a busy machine to notice.
PATIENCE = 10.5
ANSWERED_OR_NOT = (
    grpc.StatusCode.OK,
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.CANCELLED,
)


class ShutdownTest(HubCase):
    def test_under_load_it_ends_in_time_and_loses_nothing_accepted(self):
        adapter = self.adapter()
        echo = self.echo()
        over = threading.Event()

        def talk():
            for number in itertools.count(1):
                if over.is_set():
                    return
                adapter.hear(f"echo {number}", room=f"room{number % 20}")
                time.sleep(0.0005)

        talker = threading.Thread(target=talk)
        talker.start()
        self.addCleanup(over.set)
        adapter.wait_text("300")
        self.hub.signal(signal.SIGTERM)
        self.assertEqual(self.hub.wait_end(PATIENCE), 0)
        over.set()
        talker.join()
        for peer in (adapter, echo):
            self.assertEqual(peer.stream.wait_end(), grpc.StatusCode.UNAVAILABLE)
            peer.wait("draining")
        accepted = adapter.all("accepted")[-1].up_to
        self.assertGreaterEqual(accepted, 100)
        # The n-th event says the number n: what was accepted was answered.
        missing = set(map(str, range(1, accepted + 1))) - set(adapter.texts())
        self.assertEqual(missing, set())

    def test_idle_it_ends_at_once_and_takes_its_addresses_with_it(self):
        self.adapter()
        self.echo()
        self.hub.signal(signal.SIGTERM)
        self.assertEqual(self.hub.wait_end(5), 0)
        self.assertFalse((self.hub.data / "endpoints").exists())
        self.assertFalse((self.hub.data / "hub.sock").exists())

    def test_an_interrupt_does_the_same(self):
        self.adapter()
        self.hub.signal(signal.SIGINT)
        self.assertEqual(self.hub.wait_end(5), 0)

    def test_one_that_never_finishes_does_not_keep_it(self):
        adapter = self.adapter()
        handler = self.handler("stuck")
        adapter.hear("stuck")
        handler.wait_delivery()
        self.hub.signal(signal.SIGTERM)
        handler.wait("draining", timeout=5)
        adapter.wait("draining", timeout=5)
        self.assertEqual(self.hub.wait_end(PATIENCE), 0)

    def test_what_is_finished_while_it_drains_still_reaches_the_chat(self):
        adapter = self.adapter()
        handler = self.handler("slow")
        adapter.hear("slow")
        delivery = handler.wait_delivery()
        self.hub.signal(signal.SIGTERM)
        handler.wait("draining")
        handler.finish(delivery, "just in time")
        adapter.wait_text("just in time")
        self.assertEqual(handler.wait_outcome(delivery), "OK")
        self.assertEqual(self.hub.wait_end(PATIENCE), 0)

    def test_a_second_signal_ends_it_within_a_second(self):
        adapter = self.adapter()
        handler = self.handler("stuck")
        adapter.hear("stuck")
        handler.wait_delivery()
        self.hub.signal(signal.SIGTERM)
        handler.wait("draining")
        self.hub.signal(signal.SIGTERM)
        self.hub.wait_end(1.5)

    def test_a_signal_that_comes_when_it_is_all_but_gone_does_not_kill_it(self):
        for _ in range(20):
            already = self.hub.log().count("ended")
            self.hub.signal(signal.SIGTERM)
            while self.hub.runs() and self.hub.log().count("ended") == already:
                pass
            while self.hub.runs():
                self.hub.signal(signal.SIGTERM)
                time.sleep(0.002)  # Each one wakes it where it sleeps: it must get to its end.
            self.assertEqual(self.hub.wait_end(PATIENCE), 0)
            self.hub.start()

    def test_a_stopped_peer_does_not_keep_it(self):
        stopped = self.child("handler", name="worker", words=["work"])
        self.adapter().hear("work")
        stopped.wait("delivery")
        stopped.stop()
        self.hub.signal(signal.SIGTERM)
        self.assertEqual(self.hub.wait_end(PATIENCE), 0)
        stopped.go_on()


class RaceTest(HubCase):
    def test_calls_that_come_and_go_while_it_ends_do_no_harm(self):
        """By chance only: what happens at the same time differs from round to round."""
        for _ in range(15):
            leaving = [self.handler(f"leaving{number}") for number in range(4)]
            staying = [self.handler(f"staying{number}") for number in range(4)]
            opening = [self.handler(f"opening{number}", attach=False) for number in range(4)]
            stub = handlers_pb2_grpc.HandlersStub(self.channel())
            request = handlers_pb2.ListRoutesRequest()
            asking = [
                stub.ListRoutes.future(request, metadata=self.owner("handler/help"), timeout=20)
                for _ in range(20)
            ]
            for handler in leaving[:2]:
                handler.drop()
            self.hub.signal(signal.SIGTERM)
            for handler in opening:
                handler.item(hello=handler.hello())
            for handler in leaving[2:]:
                handler.drop()
            self.assertEqual(self.hub.wait_end(PATIENCE), 0, self.hub.log()[-2000:])
            for peer in staying + opening:
                peer.stream.wait_end()
            for call in asking:
                self.assertIn(call.code(), ANSWERED_OR_NOT)
            self.hub.start()


class StartTest(HubCase):
    def test_a_second_hub_on_the_same_folder_refuses_and_hurts_nothing(self):
        adapter = self.adapter()
        self.echo()
        arguments = ["serve", "--data", str(self.hub.data), "--listen", "127.0.0.1:0"]
        second = subprocess.run(
            [str(PROGRAMS / "chathub"), *arguments],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        self.assertNotEqual(second.returncode, 0)
        self.assertIn(str(self.hub.data), second.stderr)
        self.assert_walks(adapter, "still here")

    def test_after_a_crash_it_starts_again_on_its_folder(self):
        token = self.hub.token
        self.hub.kill()
        self.hub.start()
        self.assertEqual(self.hub.token, token)
        self.echo()
        self.assert_walks(self.adapter(), "up again")

    def test_after_a_stop_it_starts_again_and_is_found_again(self):
        self.hub.signal(signal.SIGTERM)
        self.hub.wait_end(5)
        self.hub.start()
        self.echo()
        self.assert_walks(self.adapter(), "up again")


if __name__ == "__main__":
    unittest.main()

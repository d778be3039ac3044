"""What goes wrong inside and around the program: errors, crashes, patience, the end."""

import signal
import time

from kit.case import NAME, HandlerCase
from kit.line import DOWN, UP
from harness.waiting import wait_until


class LifeChecks(HandlerCase):
    def test_nack(self):
        """a nacked message comes again, not before the time it gave"""
        line = self.attach().line
        self.assert_answer("!nack", "attempt 2")
        nack = line.wait(UP, "nack")
        self.assertEqual(nack.retry_after.ToMilliseconds(), 200)

    def test_error(self):
        """an error thrown becomes a nack; the program goes on"""
        program = self.attach()
        self.assert_answer("!throw", "attempt 2")
        self.assertNotEqual(program.line.wait(UP, "nack").why, "")
        self.assert_answer("!echo still here", "still here")

    def test_kill(self):
        """after kill -9 another instance answers, in order"""
        first = self.attach()
        self.chat.hear("!slow 3", room="a")
        for number in range(5):
            seq = self.chat.hear(f"!turn {number}", room="b")
        first.line.wait(DOWN, "delivery", lambda delivery: delivery.route == "slow")
        first.line.wait(DOWN, "delivery", lambda delivery: delivery.route == "turn")
        first.kill()
        self.attach()
        # Said behind what was lost: the same conversation, so the same order.
        seq = self.chat.hear("!turn 5", room="b")
        self.chat.wait_text("5/1")
        self.assertEqual(self.answers("b"), [f"{n}/1" for n in range(6)])
        self.chat.settle(seq, timeout=60)
        self.assertEqual(self.answers("a"), ["done in attempt 2"])

    def test_lease(self):
        """renews the lease of what runs and of what waits behind it"""
        self.attach()
        self.chat.hear("!slow 23")
        self.chat.settle(self.chat.hear("!slow 0"), timeout=60)
        self.assertEqual(self.answers(), ["done in attempt 1"] * 2)

    def test_deadline(self):
        """the hub's Cancel at the deadline reaches the function"""
        program = self.attach()
        seq = self.chat.hear("!patience")
        program.lines.wait(lambda line: line == "cancelled")
        program.line.wait(DOWN, "cancel")
        self.chat.settle(seq)
        self.assert_answer("!echo next", "next", room="elsewhere")
        # The same conversation, behind the one that was cancelled.
        self.chat.settle(self.chat.hear("!echo and here"))
        self.assertEqual(self.answers(), ["too late", "and here"])

    def test_drain(self):
        """SIGTERM: finishes what it holds, says that it leaves, ends with 0"""
        program = self.attach()
        self.chat.hear("!slow 1")
        for number in range(3):
            seq = self.chat.hear(f"!turn {number}")
        self.round_trip()
        program.terminate()
        self.chat.settle(seq)
        self.assertEqual(self.answers(), ["done in attempt 1", "0/1", "1/1", "2/1"])
        program.line.wait(UP, "leaving")
        self.assertEqual(program.wait_end(), 0, program.said())

    def test_handover(self):
        """what comes while it leaves goes to the next instance"""
        first = self.attach()
        self.chat.hear("!slow 2", room="a")
        self.round_trip()
        first.terminate()
        first.line.wait(UP, "leaving")
        self.attach()
        self.assert_answer("!slow 0", "done in attempt 1", room="b")
        self.assertEqual(first.wait_end(), 0, first.said())
        self.assertEqual(self.answers("a"), ["done in attempt 1"])

    def test_crossing(self):
        """what was on its way when it said that it leaves, it answers in attempt 1"""
        program = self.attach()
        program.line.hold(DOWN)
        seq = self.chat.hear("!echo crossing")
        wait_until(lambda: self._held() == 1, "the hub has handed it out")
        program.terminate()
        program.line.wait(UP, "leaving")
        program.line.release(DOWN)
        self.chat.settle(seq)
        self.assertEqual(self.answers(), ["crossing"])
        self.assertEqual(program.wait_end(), 0, program.said())
        self.assertEqual(program.line.all(DOWN, "delivery")[-1].attempt, 1)

    def _held(self):
        """How many deliveries the program holds, as the hub sees it."""
        peers = self.hub.command("peers")
        return sum(peer["inFlight"] for peer in peers if peer["name"] == f"handler/{NAME}")

    def test_rolling_restart(self):
        """restarted one after the other under load: all is answered in order, in attempt 1"""
        programs = [self.attach()]
        for number in range(300):
            if number % 100 == 0:
                programs.append(self.attach())
            seq = self.chat.hear(f"!echo {number}", room=f"room{number % 20}")
            if number % 100 == 50:
                programs[-2].terminate()
        self.chat.settle(seq)
        for room in range(20):
            expected = [str(number) for number in range(room, 300, 20)]
            self.assertEqual(self.answers(f"room{room}"), expected)
        for program in programs[:-1]:
            self.assertEqual(program.wait_end(), 0, program.said())
        handed_out = [d for program in programs for d in program.line.all(DOWN, "delivery")]
        self.assertEqual({delivery.attempt for delivery in handed_out}, {1})

    def test_idle_end(self):
        """SIGTERM while idle, or without a hub, ends it with 0 soon"""
        program = self.attach()
        program.terminate()
        self.assertEqual(program.wait_end(5), 0, program.said())
        self.hub.kill()
        program = self.start(CHATHUB_DATA=str(self.hub.data))
        wait_until(program.said, "a word about waiting")
        program.terminate()
        self.assertEqual(program.wait_end(5), 0, program.said())

    def test_hub_crash(self):
        """comes back to a hub that crashed and started again elsewhere"""
        self.start(CHATHUB_DATA=str(self.hub.data))
        self.wait_attached()
        self.hub.kill()
        self.hub.start()
        self.wait_attached()
        self.chat = self.adapter()
        self.round_trip()

    def test_hub_drain(self):
        """what it finishes while the hub drains counts; then it comes back"""
        program = self.attach()
        self.chat.hear("!slow 1")
        self.round_trip()
        self.hub.signal(signal.SIGTERM)
        program.line.wait(DOWN, "draining")
        self.chat.wait_text("done in attempt 1")
        self.assertEqual(self.hub.wait_end(10.5), 0)
        self.hub.start()
        program.line.wait(DOWN, "hello_ok", count=2)

    def test_patience(self):
        """without a hub it tries again and again, but not all the time"""
        program = self.attach()
        program.line.refuse()
        program.line.cut()
        before = program.line.opened
        time.sleep(5)
        tries = program.line.opened - before
        self.assertTrue(2 <= tries <= 40, f"{tries} tries in 5 s")
        program.line.refuse(False)
        program.line.wait(DOWN, "hello_ok", count=2)
        self.hub.command("peers", "--wait", f"handler/{NAME}")

"""roll.py: its dice, and how it behaves on the wire, as its own process against a fake hub."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

SOURCES = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, os.environ.get("CHATHUB_STUBS", str(SOURCES / "build" / "python")))
sys.path.insert(0, str(SOURCES / "handlers" / "roll"))

import grpc  # noqa: E402
import roll  # noqa: E402
from chathub.v1 import handlers_pb2 as wire  # noqa: E402
from chathub.v1 import problem_pb2, session_pb2  # noqa: E402
from fake_hub import PATIENCE, FakeHub  # noqa: E402


class DiceTest(unittest.TestCase):
    def test_several_dice_are_summed_and_shown(self):
        match = re.fullmatch(r"(\d+) \((\d+) \+ (\d+)\)", roll.answer("2d6"))
        total, first, second = map(int, match.groups())
        self.assertEqual(total, first + second)
        self.assertTrue(1 <= first <= 6 and 1 <= second <= 6)

    def test_every_side_comes_up(self):
        self.assertEqual({roll.answer("1d3") for _ in range(200)}, {"1", "2", "3"})

    def test_one_die_is_a_plain_number(self):
        self.assertEqual(roll.answer("1d1"), "1")
        self.assertEqual(roll.answer("1D1"), "1")

    def test_the_most_that_is_allowed_is_rolled(self):
        self.assertEqual(len(roll.answer("100d1000").split(" + ")), 100)

    def test_everything_else_gets_the_usage(self):
        for dice in ["", "d6", "2d", "0d6", "2d0", "101d6", "2d1001", "-1d6", "2d6+1", "zwei", "٢d6"]:
            with self.subTest(dice=dice):
                self.assertEqual(roll.answer(dice), roll.USAGE)


class Roll:
    """A running roll.py."""

    def __init__(self, **environment):
        known = {key: os.environ[key] for key in ("PATH", "CHATHUB_STUBS") if key in os.environ}
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", sys.executable, roll.__file__],
            env={**known, "HOME": "/nonexistent", **environment},
            stderr=subprocess.PIPE,
            text=True,
        )

    def end(self):
        """Its exit code and what it said."""
        try:
            _, said = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise
        return self.process.returncode, said


class WireTest(unittest.TestCase):
    def setUp(self):
        self.hub = self.enterContext(FakeHub())
        self.roll = Roll(CHATHUB_ADDRESS=self.hub.address, CHATHUB_TOKEN="secret")
        self.addCleanup(self.roll.process.communicate)
        self.addCleanup(self.roll.process.kill)
        self.stream = self.hub.next_stream()
        self.hello = self.stream.expect("hello")
        self.stream.say(hello_ok=wire.HandlerHelloOk(hub="hub"))

    def deliver(self, dice, stream=None):
        """The text that roll finishes a delivery with."""
        stream = stream or self.stream
        stream.say(
            delivery=wire.Delivery(id="d1", attempt=2, route="roll", captures={"dice": dice})
        )
        finish = stream.expect("finish")
        self.assertEqual((finish.delivery, finish.attempt), ("d1", 2))
        return finish.actions[0].send.content.text

    def refuse(self, outcome):
        problem = problem_pb2.Problem(detail="full")
        problem.retry_after.FromMilliseconds(700)
        self.stream.say(
            finish_result=wire.FinishResult(delivery="d1", outcome=outcome, problem=problem)
        )

    def test_says_who_it_is_with_the_owner_s_token(self):
        self.assertEqual(self.hello.name, "roll")
        self.assertEqual(self.hello.routes[0].command.word, "roll")
        self.assertEqual(self.stream.metadata["authorization"], "Bearer secret")

    def test_finishes_a_delivery_with_its_answer(self):
        self.assertEqual(self.deliver("1d1"), "1")

    def test_wrong_dice_are_answered_with_the_usage(self):
        self.assertEqual(self.deliver("seven"), roll.USAGE)

    def test_answers_a_ping_at_once(self):
        self.stream.say(ping=session_pb2.Ping(nonce=77))
        self.assertEqual(self.stream.expect("pong").nonce, 77)

    def test_renews_what_the_hub_has_not_confirmed(self):
        self.deliver("1d1")
        renew = self.stream.heard.get(timeout=PATIENCE).renew
        self.assertEqual(list(renew.deliveries), ["d1"])

    def test_a_refused_answer_comes_again_later(self):
        self.deliver("1d1")
        self.refuse(wire.FINISH_OUTCOME_REFUSED)
        nack = self.stream.expect("nack")
        self.assertEqual((nack.delivery, nack.attempt, nack.why), ("d1", 2, "full"))
        self.assertEqual(nack.retry_after.ToMilliseconds(), 700)

    def test_a_stale_answer_is_forgotten(self):
        self.deliver("1d1")
        self.refuse(wire.FINISH_OUTCOME_STALE)
        renew = self.stream.heard.get(timeout=PATIENCE).renew
        self.assertEqual(list(renew.deliveries), [])

    def test_comes_back_when_the_hub_was_away(self):
        self.stream.end()
        second = self.hub.next_stream()
        self.assertEqual(second.expect("hello").name, "roll")
        second.say(hello_ok=wire.HandlerHelloOk(hub="hub"))
        self.assertEqual(self.deliver("1d1", second), "1")

    def test_gives_up_with_the_hub_s_reason_when_refused_for_good(self):
        self.stream.end(grpc.StatusCode.ALREADY_EXISTS, "the word roll is taken")
        code, said = self.roll.end()
        self.assertEqual(code, 1)
        self.assertIn("the word roll is taken", said)

    def test_leaves_politely_when_told_to_end(self):
        self.roll.process.send_signal(signal.SIGTERM)
        self.stream.expect("leaving")
        self.stream.end_well()
        self.assertEqual(self.roll.end()[0], 0)


class FindingTest(unittest.TestCase):
    def setUp(self):
        self.data = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_finds_the_hub_in_the_data_folder(self):
        with FakeHub() as hub:
            (self.data / "endpoints").write_text(f"{hub.address}\nunix:/elsewhere\n")
            (self.data / "owner-token").write_text("secret\n")
            child = Roll(CHATHUB_DATA=str(self.data))
            self.addCleanup(child.process.communicate)
            self.addCleanup(child.process.kill)
            self.assertEqual(hub.next_stream().metadata["authorization"], "Bearer secret")

    def test_without_a_hub_it_says_so_and_waits_until_told_to_end(self):
        child = Roll(CHATHUB_DATA=str(self.data))
        self.addCleanup(child.process.kill)
        self.assertIn(f"no hub is running in {self.data}", child.process.stderr.readline())
        child.process.terminate()
        self.assertEqual(child.end()[0], 0)


if __name__ == "__main__":
    unittest.main()

"""The sample handlers in Ruby, Java and Go, each as its own process: answering, coming back, ending."""

import json
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from harness.case import HubCase
from harness.program import Program
from harness.words import room_talk
from chathub.v1 import message_pb2

HANDLERS = Path(__file__).resolve().parents[2] / "handlers"
RUN = Path(os.environ.get("CHATHUB_RUN", HANDLERS.parent / "build" / "go" / "run"))


class SampleCase(HubCase):
    """Says what must hold for each of them."""

    name = ""
    command = Path()
    arguments = ()
    # What one says, and what every answer to it holds.
    said = ""
    answer = ""

    def sample(self):
        program = Program(self.hub, self.command, *self.arguments)
        self.addCleanup(program.kill)
        return program

    def wait_sample(self):
        self.hub.command("peers", "--wait", f"handler/{self.name}", "--timeout", "60")

    def assert_answers(self, adapter):
        adapter.settle(adapter.hear(self.said))
        # Before it there may be one that was in doubt when the hub crashed.
        self.assertIn(self.answer, adapter.texts()[-1])

    def check_a_life(self):
        """It answers, comes back to a hub that crashed, and ends with 0 after SIGTERM."""
        program = self.sample()
        self.wait_sample()
        self.assert_answers(self.adapter())
        self.hub.kill()
        self.hub.start()
        self.wait_sample()
        self.assert_answers(self.adapter())
        program.terminate()
        self.assertEqual(program.wait_end(), 0)

    def check_a_refusal(self):
        with mock.patch.dict(os.environ, CHATHUB_TOKEN="0" * 64):
            self.assertEqual(self.sample().wait_end(), 1)
        self.assertNotIn("0" * 64, self.hub.log())


class PickTest(SampleCase):
    name = "pick"
    command = HANDLERS / "pick" / "pick.rb"
    said = "!pick tea or tea"
    answer = "tea"

    def test_answers_comes_back_and_ends_in_good_order(self):
        self.check_a_life()

    def test_ends_with_1_when_the_hub_refuses_it(self):
        self.check_a_refusal()

    def test_picks_one_of_them(self):
        self.sample()
        self.wait_sample()
        adapter = self.adapter()
        for _ in range(40):
            last = adapter.hear("!pick tea, green tea or coffee")
        adapter.settle(last)
        self.assertEqual(set(adapter.texts()), {"tea", "green tea", "coffee"})


class WhenTest(SampleCase):
    name = "when"
    command = HANDLERS / "when" / "when"
    said = "!when in europe/berlin"
    answer = " in Europe/Berlin"

    def test_answers_comes_back_and_ends_in_good_order(self):
        self.check_a_life()

    def test_ends_with_1_when_the_hub_refuses_it(self):
        self.check_a_refusal()


class RunTest(SampleCase):
    name = "run"
    command = RUN

    def setUp(self):
        super().setUp()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        configuration = Path(folder) / "run.json"
        configuration.write_text(
            json.dumps({"groups": ["operators"], "commands": {"hi": ["echo", "hello"]}})
        )
        self.arguments = ("-config", str(configuration))

    def test_a_member_of_the_group_is_answered(self):
        self.hub.command("group", "add", "operators", "shell/ada")
        self.sample()
        self.wait_sample()
        adapter = self.adapter()
        adapter.settle(
            adapter.happen(
                message_pb2.Event(
                    conversation=room_talk("lab"),
                    user=message_pb2.User(id="shell/ada", authenticated=True),
                    message=message_pb2.ChatMessage(content=message_pb2.Content(text="!run hi")),
                )
            )
        )
        [answer] = adapter.texts()
        self.assertIn("hello", answer)

    def test_who_is_in_no_group_is_not_heard(self):
        program = self.sample()
        self.wait_sample()
        adapter = self.adapter()
        adapter.settle(adapter.hear("!run hi"))
        self.assertNotIn("hello\n", adapter.texts())
        program.terminate()
        self.assertEqual(program.wait_end(), 0)

    def test_ends_with_1_when_the_hub_refuses_it(self):
        self.check_a_refusal()

    def test_a_wrong_configuration_ends_it_with_2(self):
        self.arguments = ("-config", "/no/such/file")
        self.assertEqual(self.sample().wait_end(), 2)


if __name__ == "__main__":
    unittest.main()

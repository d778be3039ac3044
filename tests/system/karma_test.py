"""The handler karma: what it says, and that a message counts once whoever is killed."""

import unittest

from harness.case import HubCase
from harness.program import Program
from harness.waiting import wait_until
from chathub.v1 import store_pb2, store_pb2_grpc


class KarmaTest(HubCase):
    def setUp(self):
        super().setUp()
        self.karma = self.start_karma()

    def start_karma(self):
        karma = Program(self.hub, "chathub-handler-karma")
        self.addCleanup(karma.kill)
        self.hub.command("peers", "--wait", "handler/karma", "--timeout", "30")
        return karma

    def kept(self, name):
        stub = store_pb2_grpc.StoreStub(self.channel())
        request = store_pb2.StoreGetRequest(key=f"count/{name}")
        response = stub.Get(request, metadata=self.owner("handler/karma"), timeout=20)
        return int(response.entry.value or 0)

    def test_it_counts_up_and_down_and_tells(self):
        adapter = self.adapter()
        for text, answer in (
            ("alice++", "alice: 1"),
            ("ALICE++ ", "ALICE: 2"),
            ("alice--", "alice: 1"),
            ("@bob--", "bob: -1"),
            ("hub: karma alice", "alice: 1"),
            ("hub: karma nobody", "nobody: 0"),
            ("hub: karma best", "alice: 1\nbob: -1"),
        ):
            order = adapter.hear(text)
            wait_until(lambda: answer in adapter.texts()[-1:], f"{text} is answered {answer}")
            self.assertIsNotNone(order)
        said = len(adapter.texts())
        last = adapter.hear("ls --all and c ++ and --")
        adapter.wait_accepted(last)
        self.assertEqual(len(adapter.texts()), said)

    def test_a_message_counts_once_though_the_handler_is_killed(self):
        adapter = self.adapter()
        for number in range(60):
            last = adapter.hear("alice++", room=f"room{number}")
            if number in (20, 40):
                self.karma.kill()
                self.karma = self.start_karma()
        adapter.wait_accepted(last)
        wait_until(lambda: len(adapter.texts()) == 60, "every message is answered")
        self.assertEqual(self.kept("alice"), 60)


if __name__ == "__main__":
    unittest.main()

"""What nobody handled can be read, replayed and dropped, also after a crash of the hub."""

import unittest

from harness.case import HubCase
from harness.words import command


class DeadLettersTest(HubCase):
    def bury(self, adapter, text):
        """A message that its handler gives back once too often."""
        handler = self.handler("worker", command("work", maximum_attempts=1))
        adapter.hear(text)
        handler.nack(handler.wait_delivery(text), why="no idea")
        adapter.wait_text("worker could not answer")
        handler.depart()

    def dead(self, *arguments):
        return self.hub.command("dead", *arguments)

    def test_a_letter_is_listed_and_shown_with_its_reason(self):
        self.bury(self.adapter(), "work hard")
        (letter,) = self.dead("list")
        self.assertEqual(letter["mailbox"], "handler/worker")
        self.assertEqual(letter["why"], "given back 1 times: no idea")
        self.assertEqual(letter["delivery"]["text"], "work hard")
        (shown,) = self.dead("show", letter["id"])
        self.assertEqual(shown, letter)

    def test_a_replayed_letter_is_answered(self):
        adapter = self.adapter()
        self.bury(adapter, "work hard")
        self.handler("worker", command("work"), answers=lambda delivery: "worked")
        (replayed,) = self.dead("replay", "--mailbox", "handler/worker")
        self.assertEqual(replayed["replayed"], "1")
        adapter.wait_text("worked")
        self.assertEqual(self.dead("list"), [])

    def test_a_dropped_letter_is_gone(self):
        self.bury(self.adapter(), "work hard")
        (letter,) = self.dead("list")
        (dropped,) = self.dead("drop", letter["id"])
        self.assertEqual(dropped["dropped"], "1")
        self.assertEqual(self.dead("list"), [])

    def test_what_is_not_there_is_told(self):
        with self.assertRaisesRegex(AssertionError, "there is no dead letter 'x'"):
            self.dead("show", "x")
        with self.assertRaisesRegex(AssertionError, "exit 2: .*--mailbox"):
            self.dead("drop")


if __name__ == "__main__":
    unittest.main()

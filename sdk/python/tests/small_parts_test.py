"""Small parts: backoff, keys, the log's lines, plain text, times."""

import logging
import unittest
from datetime import timedelta

from chathub import Reason, plain_text
from chathub._backoff import Backoff
from chathub._log import PeerLog, one_line
from chathub._say_key import order_key, say_key
from chathub._times import seconds_of, to_duration
from chathub.v1 import message_pb2


class BackoffTest(unittest.TestCase):
    def test_it_doubles_to_five_seconds_and_is_never_the_same_for_all(self):
        backoff = Backoff()
        for longest in (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0):
            self.assertTrue(longest / 2 <= backoff.next() <= longest)
        backoff.reset()
        self.assertLessEqual(backoff.next(), 0.1)
        self.assertGreater(len({Backoff().next() for _ in range(20)}), 1)


class KeysTest(unittest.TestCase):
    def test_a_say_s_order_is_named_as_the_hub_names_it(self):
        key = say_key("shell/e 1/7/hi", 2, 3)
        self.assertEqual(order_key(key), f"shell/e 1/7/hi/say/{key}")
        self.assertEqual(order_key("shell/e/7/hi"), "shell/e/7/hi")
        self.assertEqual(order_key("say nothing"), "say nothing")


class LogTest(unittest.TestCase):
    def test_what_comes_from_outside_cannot_look_like_another_line(self):
        with self.assertLogs("chathub") as logs:
            PeerLog("handler/hi").info("a\nb\x1b[1m ä", extra={"delivery": "d1"})
        [record] = logs.records
        self.assertEqual(record.getMessage(), "handler/hi: a\\x0ab\\x1b[1m ä")
        self.assertEqual((record.peer, record.delivery), ("handler/hi", "d1"))
        self.assertEqual(record.levelno, logging.INFO)

    def test_a_percent_sign_is_one(self):
        with self.assertLogs("chathub") as logs:
            PeerLog("handler/hi").info("100 %s")
        self.assertIn("100 %s", logs.output[0])
        self.assertEqual(one_line("plain"), "plain")


class PlainTextTest(unittest.TestCase):
    def text(self, **content):
        return plain_text(message_pb2.Content(**content))

    def test_the_text_is_taken_as_it_is(self):
        blocks = [{"divider": {}}]
        self.assertEqual(self.text(text="as is", blocks=blocks), "as is")

    def test_blocks_are_written_as_text(self):
        link = {"text": "here", "link": "https://example.org"}
        blocks = [
            {"heading": {"level": 1, "spans": [{"text": "Title"}]}},
            {"paragraph": {"spans": [{"text": "see "}, link]}},
            {"list": {"ordered": True, "items": [
                {"blocks": [{"paragraph": {"spans": [{"text": "one\nmore"}]}}]},
                {"blocks": [{"list": {"items": [
                    {"blocks": [{"paragraph": {"spans": [{"text": "inner"}]}}]}]}}]},
            ]}},
            {"quote": {"blocks": [{"code": {"text": "a\nb"}}]}},
            {"table": {
                "header": {"cells": [{"spans": [{"text": "h"}]}, {"spans": [{"text": "i"}]}]},
                "rows": [{"cells": [{"spans": [{"text": "1"}]}, {"spans": [{"text": "2"}]}]}],
            }},
            {"divider": {}},
        ]  # fmt: skip
        lines = ["Title", "see here <https://example.org>", "1. one", "   more", "2. - inner"]
        lines += ["> a", "> b", "h | i", "1 | 2", "---"]
        self.assertEqual(self.text(blocks=blocks).split("\n"), lines)

    def test_attachments_have_a_line_each(self):
        attachments = [{"name": "a.png", "url": "https://example.org/a"}, {"name": "b.txt"}]
        expected = "look\n[a.png] https://example.org/a\n[b.txt]"
        self.assertEqual(self.text(text="look", attachments=attachments), expected)


class TimesTest(unittest.TestCase):
    def test_seconds_and_timedeltas_are_the_same(self):
        for time in (1.5, timedelta(milliseconds=1500)):
            self.assertEqual(seconds_of(to_duration(time)), 1.5)

    def test_a_reason_of_a_newer_hub_is_unknown(self):
        self.assertIs(Reason(99), Reason.UNKNOWN)


if __name__ == "__main__":
    unittest.main()

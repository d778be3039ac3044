"""Those who say far too much to the gateway, and those who do not read; a bystander is answered."""

import struct
import time
import unittest

from harness.doorway import Bystander, DoorwayCase
from harness.web_socket import CONTINUATION, PING, PONG, TEXT

MANY = 100_000


class FloodTest(DoorwayCase):
    def _flood(self, data, code):
        """Says all of it at once and hears how the connection ends; the hub does not grow by it."""
        before = self.hub.memory()
        with Bystander(self.address):
            peer = self.wnet()
            try:
                peer.raw(data)
            except ConnectionError:
                pass  # it was cut before all of it was said
            self.assertEqual(peer.wait_close(), code)
        self.assertLess(self.hub.memory() - before, 32 << 20)

    def _frame(self, first, payload=b""):
        return bytes([first, 0x80 | len(payload)]) + bytes(4) + payload

    def test_empty_fragments(self):
        self._flood(self._frame(TEXT, b"x") + self._frame(CONTINUATION) * MANY, 1008)

    def test_fragments_of_one_byte(self):
        self._flood(self._frame(TEXT, b"x") + self._frame(CONTINUATION, b"x") * MANY, 1008)

    def test_pings(self):
        self._flood(self._frame(0x80 | PING, b"x" * 125) * 10_000, 1008)

    def test_pongs_nobody_asked_for(self):
        self._flood(self._frame(0x80 | PONG, b"x" * 125) * 10_000, 1008)

    def test_what_is_compressed_is_not_inflated(self):
        compressed = b"\x41\xff" + struct.pack("!Q", 100 * 1024) + bytes(4) + bytes(100 * 1024)
        self._flood(compressed, 1002)

    def test_a_length_that_nobody_has_memory_for(self):
        self._flood(b"\x81\xff" + struct.pack("!Q", (1 << 63) - 1) + bytes(4) + b"x" * 1000, 1009)

    def test_frames_beyond_the_budget_wait_and_are_all_heard(self):
        client = self.wnet()
        with Bystander(self.address):
            client.raw(b"".join(self._frame(0x80 | TEXT, b"search@%d" % n) for n in range(2500)))
            for number in range(2500):
                self.assertEqual(client.hear(), f"list@{number}@")


class SlowReaderTest(DoorwayCase):
    def _flooded(self, texts):
        """A bot that reads nothing of so many texts of 100 KB; returns it once the hub cut it."""
        sloth, client = self.bot("sloth"), self.wnet()
        client.ask("connect@sloth")
        began = time.monotonic()
        with Bystander(self.address):
            for _ in range(texts):
                client.say("cssend@sloth@" + "x" * 100_000)
            self.assertEqual(client.hear(), "disconnectedfrom@sloth")
        return sloth, time.monotonic() - began

    def test_who_lets_a_mebibyte_wait_is_cut(self):
        sloth, _ = self._flooded(40)
        self.assertEqual(sloth.wait_close(), 1013)

    def test_who_reads_nothing_for_ten_seconds_is_cut(self):
        sloth, seconds = self._flooded(9)
        self.assertGreater(seconds, 5)
        self.assertEqual(sloth.wait_close(), 1013)


if __name__ == "__main__":
    unittest.main()

"""The kit itself: that it reads the wire, cuts it, and can say no."""

import json
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from kit.frames import FrameReader  # noqa: E402
from kit.line import DOWN, UP, Line  # noqa: E402
from chathub.v1 import handlers_pb2  # noqa: E402

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
SETTINGS = bytes.fromhex("000000040000000000")


def data_frame(payload, stream=1, flags=0):
    return len(payload).to_bytes(3, "big") + bytes([0, flags]) + stream.to_bytes(4, "big") + payload


def message(body, compressed=0):
    return bytes([compressed]) + len(body).to_bytes(4, "big") + body


def frame_of(reader_input, preface=False):
    return list(FrameReader(preface).feed(reader_input))


class FrameReaderTest(unittest.TestCase):
    def test_messages_are_found_however_the_bytes_come(self):
        padded = bytes([3]) + message(b"two") + bytes(3)
        wire = PREFACE + SETTINGS + data_frame(message(b"one")) + data_frame(padded, 3, flags=8)
        for size in (1, 2, 7, len(wire)):
            with self.subTest(size=size):
                reader = FrameReader(begins_with_preface=True)
                chunks = [wire[at : at + size] for at in range(0, len(wire), size)]
                found = [part for chunk in chunks for part in reader.feed(chunk)]
                self.assertEqual(b"".join(frame for frame, _ in found), wire)
                messages = [m for _, messages in found for m in messages]
                self.assertEqual(messages, [(1, b"one"), (3, b"two")])

    def test_a_message_may_span_frames_and_a_frame_hold_several(self):
        whole = message(b"x" * 10) + message(b"") + message(b"y")
        [first, second] = frame_of(data_frame(whole[:8]) + data_frame(whole[8:]))
        self.assertEqual(first[1], [])
        self.assertEqual(second[1], [(1, b"x" * 10), (1, b""), (1, b"y")])

    def test_a_compressed_message_is_refused(self):
        with self.assertRaises(AssertionError):
            frame_of(data_frame(message(b"z", compressed=1)))


class LineTest(unittest.TestCase):
    """Both ends are the test's own sockets."""

    def setUp(self):
        self.hub = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.hub.close)
        self.line = Line(
            lambda: "127.0.0.1:{}".format(self.hub.getsockname()[1]),
            handlers_pb2.HandlersAttachRequest,
            handlers_pb2.HandlersAttachResponse,
        )
        self.addCleanup(self.line.close)
        host, port = self.line.address.split(":")
        self.program = socket.create_connection((host, int(port)))
        self.addCleanup(self.program.close)
        self.hub_end, _ = self.hub.accept()
        self.addCleanup(self.hub_end.close)
        for end in (self.program, self.hub_end):
            end.settimeout(20)
        said = self.say(hello=handlers_pb2.HandlerHello(name="x"), preface=PREFACE)
        self.line.wait(UP, "hello")
        self.assertEqual(self.hub_hears(len(said)), said)

    def say(self, preface=b"", **item):
        frame = handlers_pb2.HandlersAttachRequest(items=[handlers_pb2.HandlerItem(**item)])
        said = preface + data_frame(message(frame.SerializeToString()))
        self.program.sendall(said)
        return said

    def hub_hears(self, size):
        heard = b""
        while len(heard) < size:
            heard += self.hub_end.recv(size - len(heard))
        return heard

    def test_a_cut_before_an_item_keeps_it_from_the_hub(self):
        self.line.cut_once(UP, "renew", before=True)
        self.say(renew=handlers_pb2.Renew())
        with self.assertRaises(ConnectionResetError):
            self.hub_end.recv(1)
        self.assertTrue(self.line.cut_happened())

    def test_a_cut_behind_an_item_lets_it_through(self):
        self.line.cut_once(UP, "renew", before=False)
        said = self.say(renew=handlers_pb2.Renew())
        self.assertEqual(self.hub_hears(len(said)), said)
        self.assertEqual(self.hub_end.recv(1), b"")
        self.assertEqual(self.program.recv(1), b"")

    def test_what_is_held_comes_when_it_is_released(self):
        self.line.hold(DOWN)
        self.hub_end.sendall(SETTINGS)
        self.program.settimeout(0.2)
        with self.assertRaises(TimeoutError):
            self.program.recv(1)
        self.program.settimeout(20)
        self.line.release(DOWN)
        self.assertEqual(self.program.recv(65536), SETTINGS)


class VerdictTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_kit(self, *arguments):
        return subprocess.run([HERE / "run", *arguments], capture_output=True, text=True, check=False)

    def table(self, **columns):
        paths = [self.folder / f"{name}.json" for name in columns]
        for path, cells in zip(paths, columns.values(), strict=True):
            if cells is not None:
                path.write_text(json.dumps(cells))
        return subprocess.run([HERE / "table", *paths], capture_output=True, text=True, check=False)

    def test_a_program_that_is_nothing_fails(self):
        result = self.folder / "result.json"
        done = self.run_kit("--check", "wrong token", "--save", result, "--", "true")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertEqual([cell["result"] for cell in json.loads(result.read_text()).values()],
                         ["failed"])

    def test_wrong_usage_is_told_from_a_verdict(self):
        self.assertEqual(self.run_kit().returncode, 2)
        self.assertEqual(self.run_kit("--check", "no such check", "--", "true").returncode, 1)

    def test_a_table_is_green_only_if_every_cell_is_green_or_explained(self):
        good, explained = {"a": {"result": "passed"}}, {"a": {"result": "explained", "why": "so"}}
        table = self.table(one=good, two=explained)
        self.assertEqual(table.returncode, 0)
        self.assertIn("– a: so", table.stdout)
        for bad in ({"a": {"result": "failed"}}, {}, None):
            with self.subTest(bad):
                self.assertEqual(self.table(one=good, two=bad).returncode, 1)


if __name__ == "__main__":
    unittest.main()

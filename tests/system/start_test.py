"""`scripts/start`, as a user meets it: from a pipe, on a terminal, in the background."""

import os
import signal
import socket
import subprocess
import unittest

from harness import PROGRAMS
from harness.start import ANY_PORT, SCRIPT, Headless, Place, Terminal, run
from harness.waiting import wait_until


class StartCase(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.remove)

    def assert_nothing_runs(self):
        self.assertEqual(self.place.processes(), {})
        self.assertFalse((self.place.data / "endpoints").exists())

    def assert_all_ends(self):
        wait_until(lambda: not self.place.processes(), "everything has ended")


class PipeTest(StartCase):
    def test_every_line_gets_its_reply_and_nothing_else_is_said(self):
        done = run(self.place, *ANY_PORT, text="echo hello\nroll 1d1\nhelp\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        echo, roll, page = done.stdout.splitlines()
        self.assertEqual((echo, roll), ("hello", "1"))
        self.assertIn("roll NdM", page)
        self.assert_nothing_runs()

    def test_one_echo_is_exactly_one_line(self):
        done = run(self.place, *ANY_PORT, text="echo hello\n")
        self.assertEqual((done.returncode, done.stdout), (0, "hello\n"), done.stderr)

    def test_no_line_is_no_reply(self):
        done = run(self.place, *ANY_PORT)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        self.assert_nothing_runs()

    def test_many_lines_come_back_in_order(self):
        said = [f"line {number}" for number in range(500)]
        done = run(self.place, *ANY_PORT, text="".join(f"echo {line}\n" for line in said))
        self.assertEqual(done.stdout.splitlines(), said)

    def test_a_hub_that_was_killed_is_not_in_the_way(self):
        first = Headless(self.place)
        os.kill(self.place.process("chathub serve"), signal.SIGKILL)
        self.assertEqual(first.wait_end()[0], 1)
        done = run(self.place, *ANY_PORT, text="echo again\n")
        self.assertEqual((done.returncode, done.stdout), (0, "again\n"), done.stderr)


class RefusalTest(StartCase):
    def test_help_is_told_without_starting_anything(self):
        done = run(self.place, "--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn("--headless", done.stdout)
        self.assertFalse(self.place.data.exists())

    def test_an_unknown_option_is_named(self):
        done = run(self.place, "--headles")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--headles", done.stderr)

    def test_a_port_that_is_taken_is_named(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            done = run(self.place, "--", "--listen", f"127.0.0.1:{port}")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn(str(port), done.stderr)
        self.assert_nothing_runs()


class HeadlessTest(StartCase):
    def test_runs_until_told_to_end(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number):
                start = Headless(self.place)
                start.process.send_signal(number)
                code, said = start.wait_end()
                self.assertEqual((code, said), (0, ""))
                self.assert_nothing_runs()

    def test_the_sample_handlers_are_there_when_it_says_so(self):
        start = Headless(self.place)
        self.addCleanup(start.wait_end)
        self.addCleanup(start.process.terminate)
        peers = [PROGRAMS / "chathub", "peers", "--data", self.place.data]
        said = subprocess.run(peers, capture_output=True, text=True, check=True, timeout=20).stdout
        for name in ("handler/echo", "handler/help", "handler/roll"):
            self.assertIn(name, said)

    def test_a_second_one_is_told_of_the_first(self):
        first = Headless(self.place)
        hub = self.place.process("chathub serve")
        second = run(self.place, *ANY_PORT, text="echo hello\n")
        self.assertEqual((second.returncode, second.stdout), (1, ""))
        self.assertIn(f"pid {hub}", second.stderr)
        first.process.terminate()
        self.assertEqual(first.wait_end()[0], 0)

    def test_ends_with_the_hub_and_shows_why(self):
        start = Headless(self.place)
        os.kill(self.place.process("chathub serve"), signal.SIGKILL)
        code, said = start.wait_end()
        self.assertEqual(code, 1)
        self.assertIn("hub ended", said)
        self.assert_all_ends()

    def test_nothing_outlives_it_even_when_it_is_killed(self):
        start = Headless(self.place)
        start.process.kill()
        start.wait_end()
        self.assert_all_ends()


class TerminalTest(StartCase):
    def setUp(self):
        super().setUp()
        self.terminal = Terminal(self.place)
        self.terminal.wait_text("hub> ")

    def test_one_talks_at_a_prompt_and_leaves_with_ctrl_d(self):
        self.terminal.type("echo guten Morgen\n")
        self.terminal.wait_text("echo guten Morgen")
        self.terminal.wait_text("guten Morgen")
        self.terminal.type("help\n")
        self.terminal.wait_text("roll NdM")
        self.terminal.type("\x04")
        self.assertEqual(self.terminal.wait_end(), 0)
        self.assert_nothing_runs()

    def test_ctrl_c_leaves_and_the_hub_ends_in_peace(self):
        self.terminal.type("half a line\x03")
        self.assertEqual(self.terminal.wait_end(), 128 + signal.SIGINT)
        self.assert_nothing_runs()

    def test_a_signal_ends_everything_at_once(self):
        os.kill(self.place.process(str(SCRIPT)), signal.SIGTERM)
        self.assertEqual(self.terminal.wait_end(), 128 + signal.SIGTERM)
        self.assert_nothing_runs()


if __name__ == "__main__":
    unittest.main()

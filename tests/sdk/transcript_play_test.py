"""chathub-transcript as a process: what it plays, what it says, how it ends, what it leaves."""

import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ["CHATHUB_PROGRAMS"])
SAMPLES = ROOT / "sdk" / "transcript" / "samples"
ECHO = str(PROGRAMS / "chathub-handler-echo")
HELP = str(PROGRAMS / "chathub-handler-help")
# The conformance kit's program, which can be slow.
CONFORM = os.environ["CHATHUB_CONFORM"]
ROLL = [sys.executable, str(ROOT / "handlers" / "roll" / "roll.py")]
PATIENCE = 60


class TranscriptPlayTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()
        self.environment = {**os.environ, "TMPDIR": str(self.temporary)}

    def write(self, text):
        file = self.folder / "talk.txt"
        file.write_text(text)
        return file

    def command(self, file, *handler, options=()):
        return [PROGRAMS / "chathub-transcript", *options, file, "--", *handler]

    def play(self, file, *handler, options=()):
        done = subprocess.run(
            self.command(file, *handler, options=options),
            capture_output=True, text=True, timeout=PATIENCE, env=self.environment, check=False,
        )
        self.assertEqual(list(self.temporary.iterdir()), [], "it takes everything with it")
        return done

    def test_the_samples_hold(self):
        for name, handler in {"echo": [ECHO], "help": [HELP], "roll": ROLL}.items():
            with self.subTest(name):
                done = self.play(SAMPLES / f"{name}.txt", *handler)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertIn("all as written", done.stdout)

    def test_another_answer_is_shown_with_its_line(self):
        file = self.write("ada: echo a\nhub: a\n[lab] ada: !echo b\nhub: c\nada: echo d\n")
        done = self.play(file, ECHO)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(
            done.stdout,
            f"{file}:4: something else was answered\n  [lab] ada: !echo b\n- hub: c\n+ hub: b\n",
        )

    def test_an_answer_to_what_should_be_silence_is_a_difference(self):
        file = self.write("# nothing\nada: echo a\n")
        done = self.play(file, ECHO)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(f"{file}:2:", done.stdout)
        self.assertIn("+ hub: a\n", done.stdout)

    def test_an_answer_that_does_not_come_is_a_difference(self):
        done = self.play(self.write("ada: hello?\nhub: yes\n"), ECHO)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("- hub: yes\n", done.stdout)

    def test_a_line_that_takes_too_long_ends_it(self):
        file = self.write("ada: echo a\nhub: a\nada: slow 9\nhub: done in attempt 1\n")
        done = self.play(file, CONFORM, options=["--timeout", "3"])
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(f"{file}:3: not done within 3 s\n", done.stdout)
        self.assertIn("- hub: done in attempt 1\n", done.stdout)

    def test_a_line_that_means_nothing_ends_it_before_anything_starts(self):
        file = self.write("ada: echo a\nhub says a\n")
        done = self.play(file, "/nowhere/handler")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn(f"{file}:2: ", done.stderr)

    def test_wrong_usage_ends_it(self):
        file = self.write("ada: echo a\n")
        missing = self.folder / "missing"
        for arguments in ([], [file], [file, "--"], ["--", ECHO], [missing, "--", ECHO]):
            with self.subTest(arguments):
                done = subprocess.run(
                    [PROGRAMS / "chathub-transcript", *arguments],
                    capture_output=True, text=True, timeout=PATIENCE, check=False,
                )
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertNotEqual(done.stderr, "")

    def test_a_handler_that_does_not_come_up_ends_it(self):
        file = self.write("ada: echo a\n")
        for handler, why in {"/nowhere/handler": "cannot start", "false": "ended with 1"}.items():
            with self.subTest(handler):
                done = self.play(file, handler)
                self.assertEqual(done.returncode, 3, done.stdout)
                self.assertIn(why, done.stderr)

    def test_several_handlers_are_waited_for_by_name(self):
        both = f"{ECHO} & exec {HELP}"
        file = self.write("ada: help echo\nhub ~ help: .*echo TEXT.*|echo TEXT.*|.*echo TEXT.*\n")
        done = self.play(file, "sh", "-c", both, options=["--wait", "echo,help"])
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_signal_ends_the_hub_and_the_handler_too(self):
        # Runs until it is told to end: nobody attaches.
        process = subprocess.Popen(
            self.command(self.write("ada: hi\n"), "sleep", "1000", options=["--timeout", "600"]),
            env=self.environment,
        )
        while not list(self.temporary.glob("*/data/endpoints")):
            self.assertIsNone(process.poll())
        process.terminate()
        self.assertEqual(process.wait(PATIENCE), 128 + signal.SIGTERM)
        self.assertEqual(list(self.temporary.iterdir()), [])


if __name__ == "__main__":
    unittest.main()

"""The first handlers of the root's README do what it says: the C++ one as built, the Python one as is."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

SOURCES = pathlib.Path(__file__).resolve().parents[2]
STUBS = os.environ.get("CHATHUB_STUBS", str(SOURCES / "build" / "python"))
sys.path.insert(0, STUBS)

from chathub.v1 import handlers_pb2 as wire  # noqa: E402
from fake_hub import FakeHub  # noqa: E402


def snippet(language: str) -> str:
    """The first block of this language in the README."""
    text = (SOURCES / "README.md").read_text()
    return re.search(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)[1]


class FirstHandlersTest(unittest.TestCase):
    def setUp(self):
        self.hub = self.enterContext(FakeHub())
        self.home = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        data = self.home / ".local/share/chathub"
        data.mkdir(parents=True)
        (data / "endpoints").write_text(f"{self.hub.address}\n")
        (data / "owner-token").write_text("secret\n")

    def assert_greets(self, command):
        child = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *command],
            env={"HOME": str(self.home), "PYTHONPATH": STUBS},
            stderr=subprocess.DEVNULL,
        )
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        stream = self.hub.next_stream()
        hello = stream.expect("hello")
        self.assertEqual(hello.name, "hi")
        self.assertEqual(hello.routes[0].pattern, r"^hi (?P<name>\w+)")
        stream.say(hello_ok=wire.HandlerHelloOk(hub="hub"))
        captures = {"name": "Ada"}
        route = hello.routes[0].id
        stream.say(delivery=wire.Delivery(id="d1", attempt=1, route=route, captures=captures))
        finish = stream.expect("finish")
        self.assertEqual(finish.actions[0].send.content.text, "hello Ada")

    def test_the_one_in_python_greets(self):
        program = self.home / "hi.py"
        program.write_text(snippet("python"))
        self.assert_greets([sys.executable, str(program)])

    def test_the_one_in_cpp_greets(self):
        self.assert_greets([os.environ["CHATHUB_FIRST_HANDLER"]])

    def test_the_one_in_cpp_is_short(self):
        lines = [line for line in snippet("cpp").splitlines() if line]
        self.assertLessEqual(len(lines), 12)


if __name__ == "__main__":
    unittest.main()

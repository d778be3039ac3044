"""What pip installs is enough: the package, its types, nothing from the sources."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SDK = Path(__file__).parents[1]
USE = """
import chathub, chathub.testing, pathlib
here = pathlib.Path(chathub.__file__).parent
bot = chathub.Handler("hi")

@bot.route("^hi (?P<name>.*)")
async def hi(message, name):
    await message.reply(f"hello {name}")

assert chathub.testing.HandlerTest(bot).say_sync("hi Ada") == ["hello Ada"]
for name in ("py.typed", "v1/handlers_pb2.pyi", "internal/rpc_status_pb2.py"):
    assert (here / name).is_file(), name
print(here)
"""


class InstallTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        # pip leaves its traces in the folder that it installs from.
        self.sources = self.folder / "sources"
        left = shutil.ignore_patterns("__pycache__", "build", "*.egg-info")
        shutil.copytree(SDK, self.sources, ignore=left)

    def run_python(self, *arguments, path=""):
        done = subprocess.run(
            [sys.executable, *arguments],
            env={**os.environ, "PYTHONPATH": path},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def test_a_handler_is_written_with_what_was_installed(self):
        place = str(self.folder / "place")
        # With what is there: nothing is fetched.
        options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
        self.run_python("-m", "pip", "install", *options, "--target", place, str(self.sources))
        self.assertIn(place, self.run_python("-c", USE, path=place))

    def test_what_it_needs_is_here(self):
        text = (self.sources / "pyproject.toml").read_text()
        self.assertIn('dependencies = ["grpcio>=1.51", "protobuf>=4.21"]', text)
        import google.protobuf
        import grpc

        for module, needed in ((grpc, (1, 51)), (google.protobuf, (4, 21))):
            version = tuple(int(part) for part in module.__version__.split(".")[:2])
            self.assertGreaterEqual(version, needed)


if __name__ == "__main__":
    unittest.main()

"""What is installed is enough to write a handler and its test: the README's first one, with a small CMake project."""

import os
import pathlib
import signal
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["CHATHUB_BUILD"])
SOURCE = pathlib.Path(os.environ["CHATHUB_FIRST_HANDLER_SOURCE"])
PROJECT = """\
cmake_minimum_required(VERSION 3.25)
project(hi LANGUAGES CXX)
find_package(chathub 0.1 CONFIG REQUIRED)
add_executable(hi main.cc)
target_link_libraries(hi PRIVATE chathub::sdk)
add_executable(hi_test hi_test.cc)
target_link_libraries(hi_test PRIVATE chathub::testing)
"""
# Exits with 0 if the handler answers.
TEST = """\
#include "chathub/testing.h"

int main() {
  chathub::HandlerTest test([](chathub::Handler& bot) {
    bot.Command("hi", [](chathub::Message& message) { message.Reply("hello"); });
  });
  return test.Say("hi") == std::vector<std::string>{"hello"} ? 0 : 1;
}
"""


def run(*command: str | pathlib.Path) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{command} failed:\n{done.stdout}")


class InstallTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.prefix = cls.folder / "prefix"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)

    def test_the_first_handler_is_built_against_it_and_waits_for_a_hub(self):
        project = self.folder / "hi"
        project.mkdir()
        (project / "CMakeLists.txt").write_text(PROJECT)
        (project / "main.cc").write_text(SOURCE.read_text())
        (project / "hi_test.cc").write_text(TEST)
        run("cmake", "-S", project, "-B", project / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run("cmake", "--build", project / "build")
        run(project / "build/hi_test")
        nowhere = {**os.environ, "CHATHUB_DATA": str(self.folder / "none")}
        for name in ("CHATHUB_ADDRESS", "CHATHUB_TOKEN"):
            nowhere.pop(name, None)
        with subprocess.Popen(
            [project / "build/hi"], env=nowhere, stderr=subprocess.PIPE, text=True
        ) as hi:
            self.assertIn("no hub is running in", hi.stderr.readline())
            hi.send_signal(signal.SIGTERM)
            self.assertEqual(hi.wait(timeout=10), 0)

    def test_the_programs_and_the_wire_are_there_but_nothing_internal(self):
        for program in ("chathub", "chathub-adapter-shell", "chathub-handler-echo"):
            self.assertTrue(os.access(self.prefix / "bin" / program, os.X_OK), program)
        self.assertTrue((self.prefix / "share/chathub/proto/chathub/v1/handlers.proto").is_file())
        self.assertTrue((self.prefix / "share/chathub/proto/oco/robot.proto").is_file())
        self.assertTrue((self.prefix / "include/chathub/v1/handlers.pb.h").is_file())
        self.assertEqual(list(self.prefix.rglob("*envelope*")), [])


if __name__ == "__main__":
    unittest.main()

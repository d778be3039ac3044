"""Our own programs: they find the hub, come back to it, and end in good order."""

import unittest

from harness.case import HubCase
from harness.program import Program


class ProgramsTest(HubCase):
    def program(self, name, *arguments):
        program = Program(self.hub, name, *arguments)
        self.addCleanup(program.kill)
        return program

    def wait_peers(self, *names):
        self.hub.command("peers", "--wait", ",".join(names), "--timeout", "20")

    def test_a_shell_hears_each_handler_and_ends_when_all_is_said(self):
        for name in ("chathub-handler-echo", "chathub-handler-help", "roll"):
            self.program(name)
        self.wait_peers("handler/echo", "handler/help", "handler/roll")
        shell = self.program("chathub-adapter-shell")
        for line in ("echo hello", "roll 3d1", "nobody listens to this"):
            shell.type(line)
        shell.end_input()
        self.assertEqual(shell.wait_end(), 0)
        self.assertEqual(len(shell.lines.all()), 2)
        self.assertEqual(shell.lines.all()[0], "hello")
        self.assertIn("3", shell.lines.all()[1])

    def test_handlers_come_back_after_a_crash_of_the_hub(self):
        self.program("chathub-handler-echo")
        self.program("roll")
        self.wait_peers("handler/echo", "handler/roll")
        self.hub.kill()
        self.hub.start()
        self.wait_peers("handler/echo", "handler/roll")
        adapter = self.adapter()
        adapter.hear("!echo again")
        adapter.hear("!roll 1d1")
        adapter.wait("order", count=2)

    def test_an_adapter_comes_back_after_a_crash_of_the_hub(self):
        self.program("chathub-handler-echo")
        shell = self.program("chathub-adapter-shell")
        self.wait_peers("handler/echo", "adapter/shell")
        shell.type("echo before")
        shell.wait_line("before")
        self.hub.kill()
        self.hub.start()
        self.wait_peers("handler/echo", "adapter/shell")
        shell.type("echo after")
        shell.wait_line("after")
        shell.end_input()
        self.assertEqual(shell.wait_end(), 0)
        self.assertEqual(shell.lines.all(), ["before", "after"])

    def test_a_restart_of_the_hub_is_not_heard_in_the_chat(self):
        self.program("chathub-handler-echo")
        shell = self.program("chathub-adapter-shell")
        self.wait_peers("handler/echo", "adapter/shell")
        self.hub.signal(15)
        self.hub.wait_end(10.5)
        # Said while nobody is there.
        shell.type("echo meanwhile")
        self.hub.start()
        self.wait_peers("handler/echo")
        shell.end_input()
        self.assertEqual(shell.wait_end(), 0)
        # It may have been heard before the handler was back, but never twice.
        self.assertIn(shell.lines.all(), (["meanwhile"], []))

    def test_a_handler_that_is_told_to_end_finishes_first(self):
        adapter = self.adapter()
        first = self.program("chathub-handler-echo")
        self.wait_peers("handler/echo")
        said = [str(number) for number in range(300)]
        for number, text in enumerate(said):
            last = adapter.hear(f"!echo {text}", room=f"room{number % 10}")
            if number == 100:
                self.program("chathub-handler-echo")
                first.terminate()
        adapter.settle(last)
        self.assertEqual(first.wait_end(), 0)
        self.assertCountEqual(adapter.texts(), said)


if __name__ == "__main__":
    unittest.main()

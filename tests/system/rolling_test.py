"""Handlers that are restarted one after the other while people talk: nobody notices."""

import unittest

from harness.case import HubCase
from harness.program import Program
from harness.waiting import wait_until

ROOMS = 20
RESTARTS = 6


class RollingRestartTest(HubCase):
    def setUp(self):
        super().setUp()
        self.tail = Program(self.hub, "chathub", "tail", "--json")
        self.addCleanup(self.tail.kill)

    def instance(self):
        program = Program(self.hub, "chathub-handler-echo")
        self.addCleanup(program.kill)
        return program

    def instances(self):
        return sum(peer["name"] == "handler/echo" for peer in self.hub.command("peers"))

    def test_two_instances_are_restarted_in_turns_under_load_and_nothing_is_handed_out_twice(self):
        instances = [self.instance(), self.instance()]
        wait_until(lambda: self.instances() == 2, "both are there")
        adapter = self.adapter()
        number = 0
        for _ in range(RESTARTS):
            leaver = instances.pop(0)
            leaver.terminate()
            instances.append(self.instance())
            # At least so much while one of them comes and goes.
            for _ in range(200):
                last = adapter.hear(f"!echo {number}", room=f"room{number % ROOMS}")
                number += 1
            self.assertEqual(leaver.wait_end(), 0)
            wait_until(lambda: self.instances() == 2, "the next one is there")
        adapter.settle(last, timeout=60)
        for room in range(ROOMS):
            said = [text for text in adapter.texts() if int(text) % ROOMS == room]
            self.assertEqual(said, [str(n) for n in range(room, number, ROOMS)])
        self.assertEqual(self.handed_out(number), number)

    def handed_out(self, expected):
        """How many times a delivery was given to an instance."""
        handed_out = '"what":"delivery"'
        self.tail.lines.wait(lambda line: handed_out in line.replace(" ", ""), expected)
        return len(self.tail.lines.all(lambda line: handed_out in line.replace(" ", "")))


if __name__ == "__main__":
    unittest.main()

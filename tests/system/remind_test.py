"""The handler remind: it says at its time what it promised, whoever dies meanwhile."""

import unittest

from harness.case import HubCase
from harness.program import Program


class RemindTest(HubCase):
    def start_remind(self):
        remind = Program(self.hub, "chathub-handler-remind")
        self.addCleanup(remind.kill)
        self.hub.command("peers", "--wait", "handler/remind", "--timeout", "30")
        return remind

    def test_it_reminds_after_its_own_death_and_the_hubs(self):
        remind = self.start_remind()
        adapter = self.adapter()
        adapter.wait_accepted(adapter.hear("hub: remind me in 4s to stretch"))
        adapter.wait_text("I will remind you")
        remind.kill()
        self.hub.kill()
        self.hub.start()
        again = self.adapter(epoch=adapter.epoch, incarnation=adapter.incarnation)
        again.wait_text("ada: stretch")
        self.assertEqual(again.texts().count("ada: stretch"), 1)

    def test_what_it_does_not_understand_is_answered_with_its_usage(self):
        self.start_remind()
        adapter = self.adapter()
        adapter.hear("hub: remind me some day")
        adapter.wait_text("usage: remind me in 10m to TEXT (units: s, m, h, d)")


if __name__ == "__main__":
    unittest.main()

"""The adapter starts, ends, is killed, and its hub too."""

import signal

from kit.adapter_case import AdapterCase
from kit.line import DOWN, UP
from harness.adapter import ScriptedAdapter


class LifeChecks(AdapterCase):
    def test_waits_for_the_hub(self):
        """waits for a hub that is not there, and keeps what is said meanwhile"""
        self.hub.signal(signal.SIGTERM)
        self.hub.wait_end(10)
        chat = self.open_chat(CHATHUB_DATA=str(self.hub.data))
        chat.start()
        chat.say("repeat meanwhile")
        self.hub.start()
        # It may be heard before the handler is there.
        self.hub.command("peers", "--wait", f"adapter/{chat.adapter}")
        self.repeat()
        self.assert_repeats_behind(chat, "meanwhile")

    def assert_repeats_behind(self, chat, earlier):
        chat.say("repeat behind")
        chat.seen.wait(lambda entry: entry.get("posted") == "behind")
        self.assertIn(chat.posts(), ([earlier, "behind"], ["behind"]))

    def test_wrong_token(self):
        """a wrong token ends it with 1, and is not repeated in its log"""
        token = "0123456789abcdef" * 4
        chat = self.open_chat(CHATHUB_ADDRESS=self.hub.target, CHATHUB_TOKEN=token)
        chat.start()
        self.assertEqual(chat.wait_end(), 1, chat.said())
        self.assertNotIn(token, chat.said())
        self.assertNotEqual(chat.said().strip(), "", "it must say why")

    def test_name_taken(self):
        """a living rival of its name ends it with 1"""
        chat = self.open_chat(CHATHUB_ADDRESS=self.hub.target, CHATHUB_TOKEN=self.hub.token)
        rival = ScriptedAdapter(self.hub.target, self.hub.token, chat.adapter)
        self.addCleanup(rival.drop)
        rival.attach()
        chat.start()
        self.assertEqual(chat.wait_end(), 1, chat.said())

    def test_stop(self):
        """ends with 0 when asked, having said that it leaves"""
        self.repeat()
        chat = self.attach()
        self.assert_repeats(chat, "before")
        self.assertEqual(chat.stop(), 0, chat.said())
        chat.line.wait(UP, "leaving")

    def test_kill(self):
        """after kill -9 it comes as another incarnation and does no order twice"""
        self.repeat()
        chat = self.attach()
        self.assert_repeats(chat, "before")
        # Otherwise the order is in doubt, and may be done again.
        chat.line.wait(UP, "done")
        chat.kill()
        chat.start()
        chat.line.wait(DOWN, "hello_ok", count=2)
        self.assert_repeats(chat, "after")
        first, second = chat.line.all(UP, "hello")
        self.assertNotEqual(first.incarnation, second.incarnation)
        self.assertEqual(chat.posts(), ["before", "after"])

    def test_hub_crash(self):
        """comes back to a hub that crashed and lost its memory"""
        self.repeat()
        chat = self.attach()
        self.assert_repeats(chat, "before")
        self.hub.kill()
        self.hub.start()
        chat.line.wait(DOWN, "hello_ok", count=2)
        self.repeat()
        self.assert_repeats(chat, "after")
        first, second = chat.line.all(UP, "hello")
        self.assertEqual((first.epoch, first.incarnation), (second.epoch, second.incarnation))

    def test_hub_drain(self):
        """comes back to a hub that went away in good order"""
        self.repeat()
        chat = self.attach()
        self.hub.signal(signal.SIGTERM)
        chat.line.wait(DOWN, "draining")
        self.assertEqual(self.hub.wait_end(10.5), 0)
        self.hub.start()
        chat.line.wait(DOWN, "hello_ok", count=2)
        self.repeat()
        self.assert_repeats(chat, "after")

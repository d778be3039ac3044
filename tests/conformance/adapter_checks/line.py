"""The line to the hub is cut at every step of a message, and goes silent."""

from kit.adapter_case import AdapterCase
from kit.line import DOWN, UP, wait_cut


class LineChecks(AdapterCase):
    def setUp(self):
        super().setUp()
        self.repeat()

    def cut_at(self, direction, kind):
        """What is said is heard once and answered once, and so is the next."""
        for before in (True, False):
            with self.subTest("before it" if before else "behind it"):
                chat = self.attach()
                try:
                    chat.line.cut_once(direction, kind, before)
                    chat.say("repeat this")
                    wait_cut(chat.line)
                    self.assert_repeats_all(chat)
                finally:
                    chat.stop()

    def assert_repeats_all(self, chat):
        chat.say("repeat next")
        chat.wait_posts(2)
        chat.say("repeat last")
        chat.wait_posts(3)
        self.assertEqual(chat.posts(), ["this", "next", "last"])

    def test_cut_at_event(self):
        """cut at Event"""
        self.cut_at(UP, "event")

    def test_cut_at_accepted(self):
        """cut at Accepted"""
        self.cut_at(DOWN, "accepted")

    def test_cut_at_order(self):
        """cut at Order"""
        self.cut_at(DOWN, "order")

    def test_cut_at_done(self):
        """cut at Done"""
        self.cut_at(UP, "done")

    def test_cut_at_hello(self):
        """cut at Hello"""
        self._cut_at_the_beginning(UP, "hello")

    def test_cut_at_hello_ok(self):
        """cut at HelloOk"""
        self._cut_at_the_beginning(DOWN, "hello_ok")

    def _cut_at_the_beginning(self, direction, kind):
        for before in (True, False):
            with self.subTest("before it" if before else "behind it"):
                line = self.new_line()
                line.cut_once(direction, kind, before)
                chat = self.open_chat(CHATHUB_ADDRESS=line.address, CHATHUB_TOKEN=self.hub.token)
                chat.start()
                chat.say("repeat this")
                wait_cut(line)
                self.assert_repeats_all(chat)
                chat.stop()

    def test_return(self):
        """comes back with the same epoch, and says again what was not accepted, marked so"""
        chat = self.attach()
        self.assert_repeats(chat, "before")
        # Otherwise it would rightly say that one again too.
        chat.line.wait(DOWN, "accepted", lambda accepted: accepted.up_to >= 1)
        chat.line.cut_once(UP, "event", before=True)
        chat.say("repeat again")
        wait_cut(chat.line)
        chat.wait_posts(2)
        again = chat.line.wait(UP, "event", lambda event: event.seq == 2)
        self.assertTrue(again.resent)
        first, *_, last = chat.line.all(UP, "hello")
        self.assertEqual((first.epoch, first.incarnation), (last.epoch, last.incarnation))
        self.assertEqual(last.oldest_unaccepted, 2)

    def test_storm(self):
        """cut again and again while users talk: all is answered once, in order"""
        chat = self.attach()
        for cut in range(5):
            for number in range(cut * 20, cut * 20 + 20):
                chat.say(f"repeat {number}")
            chat.wait_posts(cut * 20 + 1)
            chat.line.cut()
            chat.wait_posts(cut * 20 + 20)
        self.assertEqual(chat.posts(), [str(number) for number in range(100)])

    def test_silence(self):
        """notices a line that went silent, by keepalive"""
        chat = self.attach()
        chat.line.go_silent()
        chat.say("repeat heard")
        chat.line.wait(DOWN, "hello_ok", count=2, timeout=40)
        chat.wait_posts(1)

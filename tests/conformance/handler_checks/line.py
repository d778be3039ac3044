"""The line to the hub is cut at every step of a message, and goes silent."""

from kit.case import HandlerCase
from kit.line import DOWN, UP, wait_cut
from harness.words import texts_of


class LineChecks(HandlerCase):
    def cut_at(self, direction, kind, said="!steps", answers=("finished",), lost=("working",)):
        """A message is answered although the line breaks there, and so is the next. Progress may be
        lost or repeated with the line; the answer may not.
        """
        for before in (True, False):
            with self.subTest("before it" if before else "behind it"):
                room = f"before-{before}"
                program = self.attach()
                try:
                    program.line.cut_once(direction, kind, before)
                    seq = self.chat.hear(said, room=room)
                    wait_cut(program.line)
                    self.chat.settle(seq)
                    self.chat.settle(self.chat.hear("!echo next", room=room))
                finally:
                    program.kill()
                *texts, last = [text for text in self.answers(room) if text not in lost]
                self.assertEqual(last, "next")
                self.assertEqual(len(texts), 1)
                self.assertIn(texts[0], answers)

    def test_cut_at_delivery(self):
        """cut at Delivery"""
        self.cut_at(DOWN, "delivery")

    def test_cut_at_say(self):
        """cut at Say"""
        self.cut_at(UP, "say")

    def test_cut_at_finish(self):
        """cut at Finish"""
        self.cut_at(UP, "finish")

    def test_cut_at_posted(self):
        """cut at Posted"""
        self.cut_at(DOWN, "posted")

    def test_cut_at_finish_result(self):
        """cut at FinishResult"""
        self.cut_at(DOWN, "finish_result")

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
                program = self.start(CHATHUB_ADDRESS=line.address, CHATHUB_TOKEN=self.hub.token)
                try:
                    wait_cut(line)
                    line.said.wait(lambda said: said.connection > 1 and "hello_ok" in said.kinds())
                    self.round_trip()
                finally:
                    program.kill()

    def test_cut_at_nack(self):
        """cut at Nack"""
        self.cut_at(UP, "nack", "!nack", ("attempt 2", "attempt 3"))

    def test_resume(self):
        """comes back within a second as the same instance, and its function goes on"""
        line = self.attach().line
        # A busy machine may take longer than the hub waits; not every time.
        for tried in range(1, 5):
            room = f"try {tried}"
            seq = self.chat.hear("!slow 2", room=room)
            self.round_trip()
            slow = [d for d in line.all(DOWN, "delivery") if d.route == "slow"][-1]
            line.cut()
            hellos = line.wait(UP, "hello", count=tried + 1)
            self.chat.settle(seq)
            if hellos[-1].instance_token:
                break
        self.assertEqual(hellos[-1].instance_token, line.all(DOWN, "hello_ok")[-1].instance_token)
        self.assertIn((slow.id, 1), [(h.delivery, h.attempt) for h in hellos[-1].holding])
        self.assertEqual(self.answers(room), ["done in attempt 1"])

    def test_storm(self):
        """cut again and again under load: everything is answered once, in order"""
        line = self.attach().line
        for cut in range(5):
            for number in range(cut * 20, cut * 20 + 20):
                seq = self.chat.hear(f"!echo {number}", room=f"room{number % 4}")
            line.wait(UP, "finish", lambda finish, n=cut * 20: texts_of(finish) == [str(n)])
            line.cut()
            self.chat.settle(seq)
        for room in range(4):
            expected = [str(number) for number in range(room, 100, 4)]
            self.assertEqual(self.answers(f"room{room}"), expected)

    def test_silence(self):
        """notices a line that went silent, by keepalive"""
        line = self.attach().line
        line.go_silent()
        line.wait(DOWN, "hello_ok", count=2, timeout=40)
        self.round_trip()

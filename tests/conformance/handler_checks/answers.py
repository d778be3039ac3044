"""What comes in and what goes out: captures, events, actions, texts."""

from kit.case import HandlerCase
from kit.line import DOWN, UP
from harness.words import room_talk, texts_of
from chathub.v1 import message_pb2

TEXTS = {
    "scripts": "Ελληνικά, русский, עברית, العربية, हिन्दी, 日本語, 한국어",
    "beyond the first plane": "𝒳 🜁 👩‍👩‍👧‍👦 🏳️‍🌈 \U0010fffd",
    "combining": "e\u0301 is not \u00e9; Z̷̢͠a̸l̵g̶o̷",
    "controls": "tab\there, right-to-left \u202eabc\u202c, zero\u200bwidth, \u2028 line",
    "lines": "first\nsecond\r\nthird\n\nfifth",
    "quotes": "\"double\" 'single' `back` \\backslash\\ $dollar %percent {brace} <angle> &amp;",
}


class AnswerChecks(HandlerCase):
    def setUp(self):
        super().setUp()
        self.program = self.attach()
        self.line = self.program.line

    def test_captures(self):
        """named captures of a pattern"""
        self.assert_answer("hi Ada", "hello Ada")
        self.assert_answer("hi Ada_1 and Charles", "hello Ada_1")

    def test_arguments(self):
        """typed arguments and options of a command"""
        self.assert_answer("!add 2 3", "5")
        self.assert_answer("hub: ADD --loud -9007199254740993 1", "-9007199254740992!")

    def test_event(self):
        """an event that is no message"""
        event = message_pb2.Event(
            conversation=room_talk("hall"),
            user=message_pb2.User(id="shell/ada", name="Ada"),
            joined=message_pb2.UserJoined(),
        )
        self.chat.settle(self.chat.happen(event))
        self.assertEqual(self.answers("hall"), ["welcome Ada"])

    def test_several_actions(self):
        """several actions in one Finish"""
        message = message_pb2.ChatMessage(
            content=message_pb2.Content(text="!several"), platform_id="said-1"
        )
        event = message_pb2.Event(
            conversation=room_talk(), user=message_pb2.User(id="shell/ada"), message=message
        )
        self.chat.settle(self.chat.happen(event))
        [order] = self.orders()
        self.assertEqual([a.WhichOneof("kind") for a in order.actions], ["send", "react", "send"])
        self.assertEqual(texts_of(order), ["one", "two"])
        react = order.actions[1].react
        self.assertEqual((react.emoji, react.target.platform_id), ("👍", "said-1"))

    def test_no_answer(self):
        """an answer of nothing still finishes"""
        self.chat.settle(self.chat.hear("!nothing"))
        self.line.wait(UP, "finish", lambda finish: not finish.actions)
        self.assertEqual(self.orders(), [])

    def test_say(self):
        """says progress, edits it, finishes"""
        self.chat.settle(self.chat.hear("!steps"))
        said, edited, finished = self.orders()
        self.assertEqual((texts_of(said), texts_of(finished)), (["working"], ["finished"]))
        edit = edited.actions[0].edit
        self.assertEqual(edit.content.text, "half way")
        by = edit.target.WhichOneof("by")
        named = {"platform_id": edit.target.platform_id, "posted": edit.target.posted.key}[by]
        posted = self.line.wait(DOWN, "posted", lambda posted: said.key.endswith(posted.key))
        self.assertIn(named, (said.key, *posted.result.platform_ids))
        delivery = self.line.wait(DOWN, "delivery", lambda delivery: delivery.route == "steps")
        self.assertEqual(finished.key, delivery.id)

    def test_unicode(self):
        """Unicode comes back as it went in"""
        for what, text in TEXTS.items():
            with self.subTest(what):
                self.assert_answer(f"!echo {text}", text, room=what)

    def test_long_text(self):
        """64 KiB of text come back whole"""
        text = "€uro" * (64 * 1024 // len("€uro".encode()))
        self.assert_answer(f"!echo {text}", text)

    def test_chat_call(self):
        """speaks by a Chat call of its own"""
        self.chat.settle(self.chat.hear("!announce hear ye"))
        self.chat.wait_text("hear ye")
        self.assertEqual(sorted(self.answers()), ["announced", "hear ye"])

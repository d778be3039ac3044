"""What every check of an adapter starts from: a hub, a handler that repeats, a line and a chat."""

import unittest

from . import line as lines
from .chat import Chat
from harness.case import HubCase
from harness.words import pattern
from chathub.v1 import adapters_pb2


class AdapterCase(HubCase):
    """The first line of each test's docstring is its row in the table."""

    # Starts the chat that drives the adapter under test; set by `run`.
    command = ()
    # The hub lets in no adapter that it has not heard of.
    configuration = 'adapters = ["irc", "pipe"]'

    def setUp(self):
        super().setUp()
        self._chats = 0
        self.repeater = None

    def repeat(self):
        """Whoever says `repeat TEXT` hears TEXT."""
        route = pattern(r"(?s)^repeat (?P<text>.*)", "repeat")
        answers = lambda delivery: delivery.captures["text"]  # noqa: E731
        self.repeater = self.handler("repeater", route, answers=answers)
        return self.repeater

    def new_line(self):
        line = lines.Line(
            lambda: self.hub.target,
            adapters_pb2.AdaptersAttachRequest,
            adapters_pb2.AdaptersAttachResponse,
        )
        self.addCleanup(line.close)
        return line

    def open_chat(self, **environment):
        """A chat whose adapter is not started yet."""
        self._chats += 1
        chat = Chat(self.command, self.hub.data.parent / f"chat-{self._chats}.log", **environment)
        self.addCleanup(self._end, chat)
        return chat

    def _end(self, chat):
        chat.end()
        if self._failed():
            print(f"--- the adapter's stderr in {self.id()}\n{chat.said()[-3000:]}---")

    def attach(self):
        """A chat whose adapter the hub has greeted, over a line of its own."""
        line = self.new_line()
        chat = self.open_chat(CHATHUB_ADDRESS=line.address, CHATHUB_TOKEN=self.hub.token)
        chat.line = line
        chat.start()
        line.wait(lines.DOWN, "hello_ok")
        return chat

    def assert_repeats(self, chat, *texts):
        """Each is said and comes back once, in order."""
        before = len(chat.posts())
        for text in texts:
            chat.say(f"repeat {text}")
        chat.wait_posts(before + len(texts))
        self.assertEqual(chat.posts()[before:], list(texts))

    def need(self, condition, why):
        if not condition:
            raise unittest.SkipTest(why)

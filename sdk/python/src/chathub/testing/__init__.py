"""Tests a handler without a hub: what it says, when this is said to it.

    from chathub.testing import HandlerTest

    assert HandlerTest(bot).say_sync("hi Ada") == ["hello Ada"]

Routes are matched here, in this process, by Python's `re` where the hub uses RE2: what only one of
them understands behaves differently, and the hub has the last word. Time does not pass: deadlines,
leases and redelivery are the hub's. The store is a dictionary and lives as long as the HandlerTest.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Collection
from datetime import datetime
from typing import Any

from chathub._times import to_timestamp
from chathub.conversation import Conversation, Room, User
from chathub.handler import Handler
from chathub.message import Message
from chathub.plain_text import plain_text
from chathub.route import EventKind
from chathub.testing._hub import MemoryHub
from chathub.testing._matching import Match, Question, matches_of
from chathub.v1 import handlers_pb2, message_pb2

__all__ = ["HandlerTest"]

# As the SDK does against a hub.
_RERUNS = 5


class HandlerTest:
    """A small chat around one handler, with room `test/lab` and whoever talks there."""

    def __init__(self, handler: Handler) -> None:
        """From now on the handler's store, chat, users and rooms are this test's."""
        self.hub = MemoryHub()
        """`hub.store` (bytes by key), `hub.users` and `hub.rooms` (by id) may be read and filled;
        `hub.sent` is what was said through `handler.chat`: conversations and contents."""
        self.actions: list[message_pb2.Action] = []
        """Everything that the functions did in the chat so far, as the wire has it."""
        self._handler = handler
        self._numbers = itertools.count(1)
        handler.use(self.hub)

    async def say(
        self,
        text: str,
        *,
        user: str = "ada",
        room: str = "lab",
        private: bool = False,
        addressed: bool = True,
        bot: bool = False,
        groups: Collection[str] = (),
    ) -> list[str]:
        """The texts that are answered to this, in order, progress included.

        `addressed`: said to the bot (a mention or prefix, which is not part of `text`). `bot`: a
        bot says it. `groups`: those that the user is in. What a function raises is raised here,
        Retry too.
        """
        platform_id = f"m{next(self._numbers)}"
        content = message_pb2.Content(text=text)
        message = message_pb2.ChatMessage(content=content, platform_id=platform_id)
        question = Question(
            EventKind.MESSAGE, text, addressed=addressed or private, bot=bot, groups=groups
        )
        event = self._event(user, room, private, bot)
        event.message.CopyFrom(message)
        return await self._ask(question, event)

    def say_sync(self, text: str, **how: Any) -> list[str]:
        """`say` for tests without an event loop."""
        return asyncio.run(self.say(text, **how))

    async def happen(
        self,
        kind: EventKind,
        *,
        user: str = "ada",
        room: str = "lab",
        private: bool = False,
        bot: bool = False,
        groups: Collection[str] = (),
        **fields: Any,
    ) -> list[str]:
        """As `say`, for what is not a message: `happen(EventKind.REACTION, emoji="+1")`. `fields`
        are those of the event's own message in chathub/v1/message.proto."""
        name = kind.name.lower()
        event = self._event(user, room, private, bot)
        part = getattr(event, name)
        part.SetInParent()
        part.MergeFrom(type(part)(**fields))
        return await self._ask(Question(kind, "", addressed=False, bot=bot, groups=groups), event)

    def _event(self, user: str, room: str, private: bool, bot: bool) -> message_pb2.Event:
        who = User(f"test/{user}", user, user, bot, authenticated=True)
        if private:
            talk, where = Conversation("test", user=who.id), None
        else:
            talk = Conversation("test", room=f"test/{room}")
            where = Room(talk.room, room, joined=True).to_wire()
        return message_pb2.Event(
            id=f"test/{next(self._numbers)}",
            conversation=talk.to_wire(),
            user=who.to_wire(),
            room=where,
        )

    async def _ask(self, question: Question, event: message_pb2.Event) -> list[str]:
        first = len(self.actions)
        answers = []
        for match in matches_of(self._handler.routes, question):
            if match.complaint:
                answers.append(match.complaint)
            else:
                await self._run(match, question, event)
        return answers + [
            plain_text(action.send.content)
            for action in self.actions[first:]
            if action.HasField("send")
        ]

    async def _run(self, match: Match, question: Question, event: message_pb2.Event) -> None:
        delivery = handlers_pb2.Delivery(
            id=f"{event.id}/{match.route.wire.id}",
            attempt=1,
            route=match.route.wire.id,
            event=event,
            text=question.text,
            captures=match.captures,
            groups=match.groups,
            addressed=question.addressed,
            deadline=match.route.deadline,
            received_at=to_timestamp(datetime.now()),
        )
        for _ in range(_RERUNS + 1):
            message = Message(
                delivery, lambda key, action: self.actions.append(action), self._handler.store
            )
            await match.route.call(message)
            answer = message._answer()
            conflict = self.hub.apply(answer.store_writes)
            if conflict is None:
                self.actions += answer.actions
                return
        raise AssertionError("what the function had read changed each time it ran")

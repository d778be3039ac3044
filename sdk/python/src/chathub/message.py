"""What a handler's function gets: the message that matched, and how to answer it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from chathub._held import Answer
from chathub._say_key import order_key, say_key
from chathub._times import seconds_of, to_datetime, to_timestamp
from chathub._wire import clean
from chathub.content import AnyContent, MessageRef, content_to_wire
from chathub.conversation import Conversation, Room, User
from chathub.store import MessageStore, Store
from chathub.v1 import handlers_pb2, message_pb2


class Message:
    """Lives as long as the function runs. Its answer is sent when the function returns."""

    def __init__(
        self,
        delivery: handlers_pb2.Delivery,
        say: Callable[[str, message_pb2.Action], None],
        store: Store,
        since: float | None = None,
    ) -> None:
        self.delivery = delivery
        """All that came over the wire: chathub.v1.Delivery."""
        self.store = MessageStore(store)
        """Writes here happen together with the answer, or not at all."""
        self._say = say
        self._said = 0
        self._actions: list[message_pb2.Action] = []
        # The hub gives the user's patience anew with everything that is said.
        self._patience_began = time.monotonic() if since is None else since

    # What was said, by whom and where.

    @property
    def text(self) -> str:
        """What was matched, without the mention or prefix."""
        return str(self.delivery.text)

    def capture(self, name: str) -> str | None:
        """A named capture or argument as text; None if it took no part in the match."""
        return self.delivery.captures.get(name)

    def group(self, index: int) -> str:
        """A capture by number; 0 is the whole match. Empty if it took no part."""
        groups = self.delivery.groups
        return groups[index] if 0 <= index < len(groups) else ""

    @property
    def event(self) -> message_pb2.Event:
        """What happened, as it came over the wire."""
        return self.delivery.event

    @property
    def user(self) -> User:
        return User.from_wire(self.event.user)

    @property
    def conversation(self) -> Conversation:
        return Conversation.from_wire(self.event.conversation)

    @property
    def room(self) -> Room:
        """Empty in a private talk."""
        room = Room.from_wire(self.event.room)
        return room if room.id else Room(id=self.event.conversation.room)

    @property
    def ref(self) -> MessageRef:
        """The message itself, to be edited or reacted to; of an event, the one it is about."""
        kind = self.event.WhichOneof("kind")
        about = getattr(self.event, kind) if kind else None
        return MessageRef(platform_id=getattr(about, "platform_id", ""))

    @property
    def addressed(self) -> bool:
        """It was said to the bot."""
        return bool(self.delivery.addressed)

    @property
    def attempt(self) -> int:
        """From 1; above 1 somebody had it before and did not finish."""
        return int(self.delivery.attempt)

    @property
    def received_at(self) -> datetime:
        """When the hub received it."""
        return to_datetime(self.delivery.received_at)

    @property
    def time_left(self) -> float:
        """Seconds of the user's patience that are left; after them the hub answers by itself."""
        gone = time.monotonic() - self._patience_began
        return max(seconds_of(self.delivery.deadline) - gone, 0.0)

    # The answer: happens in this order, all together, when the function returns.

    async def reply(self, content: AnyContent, *, not_before: datetime | None = None) -> None:
        action = _send(content)
        if not_before is not None:
            action.send.not_before.CopyFrom(to_timestamp(not_before))
        await self.do(action)

    async def edit(self, target: MessageRef, content: AnyContent) -> None:
        await self.do(_edit(target, content))

    async def react(
        self, emoji: str, target: MessageRef | None = None, *, remove: bool = False
    ) -> None:
        """To this message, unless another one is meant."""
        react = message_pb2.ReactAction(
            target=(target or self.ref).to_wire(), emoji=clean(emoji), remove=remove
        )
        await self.do(message_pb2.Action(react=react))

    async def delete(self, target: MessageRef) -> None:
        await self.do(message_pb2.Action(delete=message_pb2.DeleteAction(target=target.to_wire())))

    async def do(self, action: message_pb2.Action) -> None:
        """Any action of the wire: send, edit, react or delete."""
        self._actions.append(action)

    # Progress: happens at once, restarts the user's patience, may be seen twice after a failure.

    async def say(self, content: AnyContent) -> MessageRef:
        """Names the message, so that it can be changed by `update` or `edit`."""
        return await self._say_now(_send(content))

    async def update(self, target: MessageRef, content: AnyContent) -> None:
        """Changes at once what an earlier `say` posted."""
        await self._say_now(_edit(target, content))

    async def _say_now(self, action: message_pb2.Action) -> MessageRef:
        self._said += 1
        key = say_key(self.delivery.id, self.attempt, self._said)
        self._patience_began = time.monotonic()
        self._say(key, action)
        # Even a function that awaits nothing else is heard meanwhile.
        await asyncio.sleep(0)
        return MessageRef(key=order_key(key))

    def _answer(self) -> Answer:
        return Answer(actions=self._actions, store_writes=self.store.to_wire())


def _send(content: AnyContent) -> message_pb2.Action:
    return message_pb2.Action(send=message_pb2.SendAction(content=content_to_wire(content)))


def _edit(target: MessageRef, content: AnyContent) -> message_pb2.Action:
    edit = message_pb2.EditAction(target=target.to_wire(), content=content_to_wire(content))
    return message_pb2.Action(edit=edit)

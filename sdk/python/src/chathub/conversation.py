"""Who talks, and where. Ids are qualified: `<adapter>/<native id>`; treat them as opaque."""

from __future__ import annotations

from dataclasses import dataclass

from chathub.v1 import message_pb2 as wire


@dataclass(frozen=True)
class Conversation:
    """One talk, and the unit in which order is kept: a room (and a thread in it), or one user."""

    adapter: str = ""
    """The adapter's name; may be left out where an id says it."""
    room: str = ""
    """Empty in a private talk."""
    thread: str = ""
    """Empty outside threads."""
    user: str = ""
    """Set in a private talk only."""

    def to_wire(self) -> wire.Conversation:
        return wire.Conversation(
            adapter=self.adapter, room=self.room, thread=self.thread, user=self.user
        )

    @classmethod
    def from_wire(cls, conversation: wire.Conversation) -> Conversation:
        return cls(conversation.adapter, conversation.room, conversation.thread, conversation.user)


@dataclass(frozen=True)
class User:
    """Somebody who talks, or a bot that does."""

    id: str = ""
    """Not meant to be shown."""
    name: str = ""
    """The name to show."""
    mention_name: str = ""
    """What alerts the user when written."""
    bot: bool = False
    authenticated: bool = False
    """The chat service vouches for who this is."""

    def to_wire(self) -> wire.User:
        return wire.User(
            id=self.id,
            name=self.name,
            mention_name=self.mention_name,
            bot=self.bot,
            authenticated=self.authenticated,
        )

    @classmethod
    def from_wire(cls, user: wire.User) -> User:
        return cls(user.id, user.name, user.mention_name, user.bot, user.authenticated)


@dataclass(frozen=True)
class Room:
    """A place where several users talk. An adapter may know no more of it than the id."""

    id: str = ""
    name: str = ""
    topic: str = ""
    joined: bool = False
    """The bot is in it."""

    def to_wire(self) -> wire.Room:
        return wire.Room(id=self.id, name=self.name, topic=self.topic, joined=self.joined)

    @classmethod
    def from_wire(cls, room: wire.Room) -> Room:
        return cls(room.id, room.name, room.topic, room.joined)

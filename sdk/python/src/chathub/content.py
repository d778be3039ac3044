"""What is said: text with or without markup, and how to name a message that is already there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Union

from chathub._wire import clean, number
from chathub.v1 import message_pb2 as wire


class TextFormat(IntEnum):
    """Numbered as chathub.v1.TextFormat."""

    PLAIN = 0
    """No character means anything but itself."""
    MARKDOWN = 1
    """CommonMark."""


@dataclass(frozen=True)
class Content:
    """A text; wherever one is asked for, a plain `str` will do."""

    text: str
    format: TextFormat = TextFormat.PLAIN
    reply_to: str = ""
    """The chat service's id of the message that this one answers; empty: none in particular."""

    def to_wire(self) -> wire.Content:
        return wire.Content(
            text=clean(self.text), format=number(self.format), reply_to=clean(self.reply_to)
        )


AnyContent = Union[str, Content, wire.Content]
"""Text, content, or everything that the wire knows (blocks, attachments)."""


def markdown(text: str) -> Content:
    """Content in CommonMark."""
    return Content(text, TextFormat.MARKDOWN)


def content_to_wire(content: AnyContent) -> wire.Content:
    if isinstance(content, str):
        content = Content(content)
    return content.to_wire() if isinstance(content, Content) else content


@dataclass(frozen=True)
class MessageRef:
    """A message that is, or will be, in the chat: known by the chat service's id, or by the key
    under which it was posted. False where nothing can be named: not every service has ids."""

    platform_id: str = ""
    key: str = ""
    index: int = 0

    def __bool__(self) -> bool:
        return bool(self.platform_id or self.key)

    def to_wire(self) -> wire.MessageRef:
        if self.platform_id or not self.key:
            return wire.MessageRef(platform_id=self.platform_id)
        return wire.MessageRef(posted=wire.PostedRef(key=self.key, index=self.index))

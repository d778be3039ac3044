"""Speaking in the chat without having been spoken to."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from chathub._calls import Calls
from chathub._times import to_timestamp
from chathub._wire import clean
from chathub.content import AnyContent, MessageRef, content_to_wire
from chathub.conversation import Conversation
from chathub.v1 import chat_pb2 as wire
from chathub.v1.chat_pb2_grpc import ChatStub


class Chat:
    """Belongs to a Handler. A call returns when the hub has it, not when it is in the chat, and
    names what it posts or did; it raises HubError. It waits for at most 10 s, also through a hub's
    restart, and happens once even if it had to be repeated. Needs the right to send there."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def send(
        self,
        conversation: Conversation,
        content: AnyContent,
        *,
        not_before: datetime | None = None,
    ) -> MessageRef:
        request = wire.SendMessageRequest(
            conversation=conversation.to_wire(), content=content_to_wire(content)
        )
        if not_before is not None:
            request.not_before.CopyFrom(to_timestamp(not_before))
        return await self._order("SendMessage", request)

    async def edit(
        self, conversation: Conversation, target: MessageRef, content: AnyContent
    ) -> MessageRef:
        request = wire.EditMessageRequest(
            conversation=conversation.to_wire(),
            target=target.to_wire(),
            content=content_to_wire(content),
        )
        return await self._order("EditMessage", request)

    async def delete(self, conversation: Conversation, target: MessageRef) -> MessageRef:
        request = wire.DeleteMessageRequest(
            conversation=conversation.to_wire(), target=target.to_wire()
        )
        return await self._order("DeleteMessage", request)

    async def react(
        self, conversation: Conversation, target: MessageRef, emoji: str, *, remove: bool = False
    ) -> MessageRef:
        request = wire.ReactRequest(
            conversation=conversation.to_wire(),
            target=target.to_wire(),
            emoji=clean(emoji),
            remove=remove,
        )
        return await self._order("React", request)

    async def show_typing(self, conversation: Conversation) -> None:
        """Best effort: never kept, never repeated in the chat."""
        request = wire.ShowTypingRequest(conversation=conversation.to_wire())
        await self._calls.unary(ChatStub, "ShowTyping", request)

    async def join(self, room: str) -> MessageRef:
        """`room` is a qualified id."""
        return await self._order("JoinRoom", wire.JoinRoomRequest(room=room))

    async def part(self, room: str) -> MessageRef:
        """`room` is a qualified id."""
        return await self._order("PartRoom", wire.PartRoomRequest(room=room))

    async def set_topic(self, room: str, topic: str) -> MessageRef:
        """`room` is a qualified id."""
        return await self._order("SetTopic", wire.SetTopicRequest(room=room, topic=clean(topic)))

    async def _order(self, method: str, request: Any) -> MessageRef:
        # With it a repeated attempt does nothing twice.
        request.request_id = secrets.token_hex(16)
        response = await self._calls.unary(ChatStub, method, request)
        return MessageRef(key=response.key)

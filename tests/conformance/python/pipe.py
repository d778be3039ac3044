"""The conformance kit's adapter on the SDK for Python; ../README.md says what it does."""

import asyncio
import itertools
import signal
import sys

from chathub import Adapter, Reason, Refused
from chathub.v1.message_pb2 import ChatMessage, Content, Conversation, Event, User

posted = itertools.count(1)
adapter = Adapter("pipe", service="pipes", own_user_id="pipe/hub")


def event_of(line):
    user, room, text = line.decode().rstrip("\n").split("\t", 2)
    return Event(
        conversation=Conversation(room=f"pipe/{room}"),
        user=User(id=f"pipe/{user}", name=user),
        message=ChatMessage(content=Content(text=text)),
    )


@adapter.on_order
async def post(order, result):
    room = order.conversation.room.removeprefix("pipe/")
    for action in order.actions:
        if not action.HasField("send"):
            result.fail(Reason.UNSUPPORTED, "only texts")
            return
        sys.stdout.buffer.write(f"{room}\t{action.send.content.text}\n".encode())
        sys.stdout.flush()
        result.done([str(next(posted))])


async def read():
    lines = asyncio.StreamReader(limit=1 << 20)
    protocol = asyncio.StreamReaderProtocol(lines)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    async for line in lines:
        adapter.emit(event_of(line))


async def main():
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, adapter.stop)
    reading = asyncio.create_task(read())
    await adapter.serve()
    reading.cancel()


try:
    asyncio.run(main())
except Refused as refusal:
    sys.exit(f"refused: {refusal}")

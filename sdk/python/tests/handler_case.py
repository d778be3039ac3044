"""What tests of a handler against the fake hub start from."""

from fake_hub import FakeHubCase

from chathub import Conversation, Handler
from chathub.v1 import handlers_pb2 as wire
from chathub.v1 import message_pb2

HI = r"^hi (?P<name>\w+)"


def delivery(number, route="hi", attempt=1, room="test/lab", **captures):
    event = message_pb2.Event(
        id=f"e{number}",
        conversation=Conversation("test", room=room).to_wire(),
        user=message_pb2.User(id="test/ada", name="Ada"),
        message=message_pb2.ChatMessage(platform_id=f"m{number}"),
    )
    return wire.Delivery(
        id=f"d{number}",
        attempt=attempt,
        route=route,
        event=event,
        text="hi Ada",
        captures=captures,
        groups=["hi Ada"],
        deadline={"seconds": 30},
    )


def text_of(finish):
    return [action.send.content.text for action in finish.actions]


class HandlerCase(FakeHubCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.bot = Handler("hi", hub=self.hub.options, revision=3)

    async def attach(self, token="t1", **fields):
        """Serves the handler, once; greets its next stream."""
        if not hasattr(self, "serving"):
            self.serving = self.serve(self.bot)
        stream = await self.hub.next_stream()
        self.hello = await stream.expect("hello")
        await stream.say(hello_ok=wire.HandlerHelloOk(hub="hub", instance_token=token, **fields))
        return stream

    async def finish(self, stream, number, outcome=wire.FINISH_OUTCOME_OK, **fields):
        result = wire.FinishResult(delivery=f"d{number}", outcome=outcome, **fields)
        await stream.say(finish_result=result)

"""A hub with a thousand attached streams is told to end."""

import asyncio
import signal
import threading
import time
import unittest

import grpc
from harness.case import HubCase
from harness.stream import metadata_of
from harness.words import command

from chathub.v1 import handlers_pb2, handlers_pb2_grpc

CHANNELS = 20
STREAMS = 50  # on each


class ManyStreams:
    """Handlers that hold whatever they get, on an event loop of their own."""

    def __init__(self, target, token):
        self._target = target
        self._token = token
        self._loop = asyncio.new_event_loop()
        self.attached = 0
        self.delivered = 0
        self.ended = []
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    def start(self):
        return asyncio.run_coroutine_threadsafe(self._start(), self._loop)

    async def _start(self):
        await asyncio.gather(*(self._channel(number) for number in range(CHANNELS)))

    async def _channel(self, channel_number):
        options = [("grpc.use_local_subchannel_pool", 1)]
        async with grpc.aio.insecure_channel(self._target, options=options) as channel:
            stub = handlers_pb2_grpc.HandlersStub(channel)
            await asyncio.gather(
                *(self._stream(stub, f"h{channel_number * STREAMS + i}") for i in range(STREAMS))
            )

    async def _stream(self, stub, name):
        call = stub.Attach(metadata=metadata_of(self._token, f"handler/{name}"))
        hello = handlers_pb2.HandlerHello(name=name, routes=[command(name)])
        item = handlers_pb2.HandlerItem(hello=hello)
        await call.write(handlers_pb2.HandlersAttachRequest(items=[item]))
        try:
            async for reply in call:
                for got in reply.items:
                    self.attached += got.HasField("hello_ok")
                    self.delivered += got.HasField("delivery")
        except grpc.aio.AioRpcError:
            pass
        self.ended.append(await call.code())


class ManyStreamsTest(HubCase):
    def test_it_ends_in_time_and_loses_nothing_that_it_accepted(self):
        adapter = self.adapter()
        streams = ManyStreams(self.hub.target, self.hub.token)
        done = streams.start()
        self.wait_for(lambda: streams.attached == CHANNELS * STREAMS, "all are attached")
        for number in range(100):
            last = adapter.hear(f"h{number} held")
        adapter.wait_accepted(last)
        self.wait_for(lambda: streams.delivered == 100, "all are handed out")

        self.hub.signal(signal.SIGTERM)
        self.assertEqual(self.hub.wait_end(timeout=10), 0)
        done.result(timeout=20)
        self.assertEqual(len(streams.ended), CHANNELS * STREAMS)
        self.assertLessEqual(
            set(streams.ended), {grpc.StatusCode.OK, grpc.StatusCode.UNAVAILABLE}
        )

        self.hub.start()
        again = self.adapter(epoch=adapter.epoch, incarnation=adapter.incarnation)
        for number in (0, 50, 99):
            self.echo(f"h{number}", answers=lambda delivery: f"late {delivery.text}")
            again.wait_text(f"late h{number} held")

    def wait_for(self, condition, what):
        until = time.monotonic() + 60
        while not condition():
            self.assertLess(time.monotonic(), until, what)
            time.sleep(0.02)


if __name__ == "__main__":
    unittest.main()

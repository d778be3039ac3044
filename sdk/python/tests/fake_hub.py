"""A hub on a socket of its own whose every word the test says."""

from __future__ import annotations

import asyncio
import logging
import unittest

import grpc
import grpc.aio

from chathub import HubOptions
from chathub.internal.rpc_status_pb2 import RpcStatus
from chathub.v1 import adapters_pb2, adapters_pb2_grpc, handlers_pb2, handlers_pb2_grpc, problem_pb2

# What the peers say in the log is looked at with assertLogs only.
logging.getLogger("chathub").addHandler(logging.NullHandler())

PATIENCE = 20  # Seconds until a test fails because nothing came.
TOKEN = "secret"


async def soon(awaitable):
    return await asyncio.wait_for(awaitable, PATIENCE)


def status_details(reason, detail):
    """What a hub puts behind a status."""
    status = RpcStatus()
    status.details.add().Pack(problem_pb2.Problem(reason=reason, detail=detail))
    return (("grpc-status-details-bin", status.SerializeToString()),)


class Stream:
    """One Attach call, seen from the hub."""

    def __init__(self, context, frame, command):
        self.metadata = dict(context.invocation_metadata())
        self.frames = []
        """How many items each frame had."""
        self._context = context
        self._frame = frame
        self._command = command
        self._heard = asyncio.Queue()
        self._ending = asyncio.get_running_loop().create_future()
        self._gone = asyncio.Event()

    async def run(self):
        reading = asyncio.create_task(self._read())
        try:
            ending = await self._ending
        finally:
            reading.cancel()
            self._gone.set()
        if ending is not None:
            await self._context.abort(*ending)

    async def _read(self):
        while (frame := await self._context.read()) is not grpc.aio.EOF:
            self.frames.append(len(frame.items))
            for item in frame.items:
                self._heard.put_nowait(item)
        self.end_well()

    async def expect(self, kind):
        """The next item of this kind; others, except renewals, must not come before it."""
        while True:
            item = await soon(self._heard.get())
            found = item.WhichOneof("kind")
            if found == kind:
                return getattr(item, kind)
            assert found == "renew", f"{kind} was expected, got: {item}"

    async def say(self, *commands, **command):
        commands = commands or (self._command(**command),)
        await self._context.write(self._frame(items=commands))

    def end_well(self):
        if not self._ending.done():
            self._ending.set_result(None)

    def cut(self):
        """As if the line were cut."""
        self.end(grpc.StatusCode.UNAVAILABLE, "Socket closed")

    def end(self, code, text, reason=None):
        """With a reason: in the hub's words."""
        details = () if reason is None else status_details(reason, text)
        self._ending.set_result((code, text, details))

    async def gone(self):
        await soon(self._gone.wait())


class FakeHub:
    """Listens on a free port of the loopback address, or where it is told."""

    def __init__(self):
        self.streams = asyncio.Queue()
        self.server = grpc.aio.server()
        self.port = 0
        handlers = _Door(
            self.streams, handlers_pb2.HandlersAttachResponse, handlers_pb2.HandlerCommand
        )
        adapters = _Door(
            self.streams, adapters_pb2.AdaptersAttachResponse, adapters_pb2.AdapterCommand
        )
        handlers_pb2_grpc.add_HandlersServicer_to_server(handlers, self.server)
        adapters_pb2_grpc.add_AdaptersServicer_to_server(adapters, self.server)

    async def start(self, target="127.0.0.1:0", credentials=None):
        if credentials is None:
            self.port = self.server.add_insecure_port(target)
        else:
            self.port = self.server.add_secure_port(target, credentials)
        await self.server.start()
        return self

    @property
    def options(self):
        return HubOptions(address=f"127.0.0.1:{self.port}", token=TOKEN)

    async def next_stream(self):
        return await soon(self.streams.get())


class _Door:
    """Takes in handlers or adapters."""

    def __init__(self, streams, frame, command):
        self._streams = streams
        self._kinds = frame, command

    async def Attach(self, request_iterator, context):  # noqa: N802, the name is the wire's
        stream = Stream(context, *self._kinds)
        self._streams.put_nowait(stream)
        await stream.run()

    async def RegisterRoutes(self, request, context):  # noqa: N802
        raise NotImplementedError

    async def ListRoutes(self, request, context):  # noqa: N802
        listing = handlers_pb2.RouteListing(handler="help", attached=True)
        listing.route.CopyFrom(handlers_pb2.Route(id="help", command={"word": request.search}))
        return handlers_pb2.ListRoutesResponse(routes=[listing])


class FakeHubCase(unittest.IsolatedAsyncioTestCase):
    """Each test has a hub of its own; what serves is ended with the test."""

    async def asyncSetUp(self):
        self.hub = await FakeHub().start()
        self.addAsyncCleanup(self.hub.server.stop, None)

    def serve(self, peer):
        """Runs a Handler or an Adapter beside the test."""
        serving = asyncio.create_task(peer.serve())

        async def end():
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

        self.addAsyncCleanup(end)
        return serving

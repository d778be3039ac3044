"""A hub of one stream for the tests of handlers: the test says what the handler hears."""

import concurrent.futures
import queue

import grpc
from chathub.v1 import handlers_pb2 as wire
from chathub.v1 import handlers_pb2_grpc

PATIENCE = 10  # Seconds until a test fails because nothing came.


class Stream:
    """One Attach call, seen from the hub."""

    def __init__(self, requests, context) -> None:
        self.metadata = dict(context.invocation_metadata())
        self.heard: queue.SimpleQueue = queue.SimpleQueue()
        self.to_say: queue.SimpleQueue = queue.SimpleQueue()
        self._requests = requests
        self._context = context

    def listen(self) -> None:
        try:
            for frame in self._requests:
                for item in frame.items:
                    self.heard.put(item)
        except grpc.RpcError:
            pass  # The handler is gone.
        self.to_say.put(None)

    def expect(self, kind: str):
        """The next item that is not a Renew; it must be of this kind."""
        while True:
            item = self.heard.get(timeout=PATIENCE)
            if item.WhichOneof("kind") == kind:
                return getattr(item, kind)
            assert item.WhichOneof("kind") == "renew", f"{kind} was expected, got: {item}"

    def say(self, **command) -> None:
        self.to_say.put(wire.HandlersAttachResponse(items=[wire.HandlerCommand(**command)]))

    def end(self, code=grpc.StatusCode.UNAVAILABLE, detail="the hub goes away") -> None:
        self.to_say.put((code, detail))

    def end_well(self) -> None:
        self.to_say.put(None)

    def responses(self):
        while True:
            said = self.to_say.get()
            if said is None:
                return
            if isinstance(said, tuple):
                self._context.abort(*said)
            yield said


class FakeHub(handlers_pb2_grpc.HandlersServicer):
    """Listens on a free port of the loopback address. Use as a context manager."""

    def __enter__(self):
        self._streams: queue.SimpleQueue = queue.SimpleQueue()
        self._threads = concurrent.futures.ThreadPoolExecutor(max_workers=8)
        self._server = grpc.server(self._threads)
        handlers_pb2_grpc.add_HandlersServicer_to_server(self, self._server)
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()
        return self

    def __exit__(self, *_):
        self._server.stop(grace=None).wait()

    def Attach(self, request_iterator, context):  # noqa: N802, the name is the wire's
        stream = Stream(request_iterator, context)
        self._threads.submit(stream.listen)
        self._streams.put(stream)
        return stream.responses()

    def next_stream(self) -> Stream:
        return self._streams.get(timeout=PATIENCE)

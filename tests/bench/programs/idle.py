"""Programs that are connected and do nothing, as many as wanted; they answer pings.

    idle.py web-socket HOST:PORT/PATH
    idle.py handler TARGET TOKEN     handlers of the hub, each with a connection and a route
    idle.py relay TARGET             peers of the bare relay of gRPC

Says `ready`; a line `hold N` makes them N, and is answered with {"count": N}.
"""

import asyncio
import itertools
import json
import os
import sys

PER_ADDRESS = 400  # The gateway lets in 500 from one address.
AT_ONCE = 100


class WebSocket(asyncio.Protocol):
    """The client's end of one, as far as idling needs it."""

    def __init__(self, host: str, path: str):
        self._request = (
            f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        self._unread = b""
        self.open = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self._transport = transport
        transport.write(self._request.encode())

    def data_received(self, data):
        self._unread += data
        if not self.open.done():
            answer, end, self._unread = self._unread.partition(b"\r\n\r\n")
            if not end:
                self._unread = answer
                return
            if b" 101 " not in answer:
                raise SystemExit(f"no WebSocket: {answer!r}")
            self.open.set_result(self)
        # Nothing but pings comes here, and those are short.
        while len(self._unread) >= 2 and len(self._unread) >= (end := 2 + self._unread[1]):
            kind, payload, self._unread = self._unread[0], self._unread[2:end], self._unread[end:]
            if kind == 0x89:
                mask = os.urandom(4)
                masked = bytes(a ^ b for a, b in zip(payload, itertools.cycle(mask)))
                self._transport.write(bytes([0x8A, 0x80 | len(payload)]) + mask + masked)

    def connection_lost(self, error):
        if not self._transport.is_closing() or error:
            raise SystemExit(f"a WebSocket was ended: {error}")

    async def close(self):
        self._transport.abort()


async def open_web_socket(number: int, url: str):
    address, _, path = url.partition("/")
    host, port = address.split(":")
    _, web_socket = await asyncio.get_running_loop().create_connection(
        lambda: WebSocket(address, path),
        host,
        int(port),
        local_addr=(f"127.0.0.{2 + number // PER_ADDRESS}", 0),
    )
    return await web_socket.open


class Stream:
    """A call on a channel of its own."""

    def __init__(self, target: str):
        import grpc  # Not needed for WebSockets, and not small.

        options = [("grpc.use_local_subchannel_pool", 1)]
        self.channel = grpc.aio.insecure_channel(target, options=options)

    async def close(self):
        self.call.cancel()
        await self.channel.close()


async def open_handler(number: int, target: str, token: str):
    from chathub.v1 import handlers_pb2 as wire
    from chathub.v1 import handlers_pb2_grpc

    name = f"idle{number}"
    stream = Stream(target)
    metadata = [("authorization", f"Bearer {token}"), ("chathub-peer", f"handler/{name}")]
    call = handlers_pb2_grpc.HandlersStub(stream.channel).Attach(metadata=metadata)
    hello = wire.HandlerHello(name=name, routes=[wire.Route(id="idle", pattern=f"^{name} ")])
    await call.write(wire.HandlersAttachRequest(items=[wire.HandlerItem(hello=hello)]))
    if not (await call.read()).items[0].HasField("hello_ok"):
        raise SystemExit("the hub did not take the handler")
    stream.call = call
    stream.task = asyncio.create_task(answer_pings(call, wire))
    return stream


async def answer_pings(call, wire):
    from chathub.v1 import session_pb2

    # The hello was read likewise, and the ways to read may not be mixed.
    while frame := await call.read():
        for item in frame.items:
            if item.HasField("ping"):
                pong = wire.HandlerItem(pong=session_pb2.Pong(nonce=item.ping.nonce))
                await call.write(wire.HandlersAttachRequest(items=[pong]))


async def open_relay_peer(number: int, target: str):
    stream = Stream(target)
    stream.call = stream.channel.stream_stream("/chathub.bench.Relay/Attach")(
        metadata=[("role", "idle")]
    )
    await stream.call.initial_metadata()
    return stream


OPENERS = {"web-socket": open_web_socket, "handler": open_handler, "relay": open_relay_peer}


async def serve(opener, words):
    held = []
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
    )
    print("ready", flush=True)
    while line := await lines.readline():
        wanted = int(line.split()[1])
        await asyncio.gather(*(one.close() for one in held[wanted:]))
        del held[wanted:]
        while len(held) < wanted:
            numbers = range(len(held), min(len(held) + AT_ONCE, wanted))
            held += await asyncio.gather(*(opener(number, *words) for number in numbers))
        print(json.dumps({"count": len(held)}), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, os.environ.get("CHATHUB_STUBS", "build/python"))
    asyncio.run(serve(OPENERS[sys.argv[1]], sys.argv[2:]))

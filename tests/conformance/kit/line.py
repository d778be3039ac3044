"""The line between a program and its hub: passes bytes on, reads what is said, and can be cut."""

import contextlib
import socket
import struct
import threading
from typing import NamedTuple

from . import frames
from harness.waiting import Log, wait_until

UP = "up"  # from the program to the hub
DOWN = "down"
_RESET = struct.pack("ii", 1, 0)


class Said(NamedTuple):
    """One frame of the program's Attach stream."""

    direction: str
    # The connection it came over, from 1.
    connection: int
    # As the wire has it; bytes is its size there.
    items: list
    bytes: int

    def kinds(self):
        return [item.WhichOneof("kind") for item in self.items]


class Line:
    """A TCP listener whose connections lead to `target()`, a gRPC target asked for each time.

    `requests` and `replies` are the messages of the Attach stream, up and down. Everything said on
    it stands in `said`.
    """

    def __init__(self, target, requests, replies):
        self._target = target
        self._types = {UP: requests, DOWN: replies}
        self.said = Log()
        # Connections so far, open or not.
        self.opened = 0
        self._refuses = False
        self._cut = None
        self._lock = threading.Lock()
        self._connections = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:{}".format(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    # What the test does to it.

    def cut_once(self, direction, kind, before):
        """Cuts the line right before, or right after, the next frame with an item of this kind."""
        self._cut = (direction, kind, before)

    def cut(self):
        """Now, as a router that restarts would."""
        for connection in self._open():
            connection.reset()

    def cut_happened(self):
        return self._cut is None

    def hold(self, direction):
        """What is said waits in the line from now on; what it waits in is small."""
        for connection in self._open():
            connection.flows[direction].clear()

    def release(self, direction):
        for connection in self._open():
            connection.flows[direction].set()

    def go_silent(self):
        """Connections stay, and nothing comes through any more; new ones work."""
        self.hold(UP)
        self.hold(DOWN)

    def refuse(self, refuses=True):
        """Whoever connects is thrown out at once."""
        self._refuses = refuses

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    # What was said.

    def wait(self, direction, kind, match=lambda item: True, count=1, **options):
        """The first item of this kind; with `count`, the items of so many frames."""

        def fits(said):
            return said.direction == direction and any(self._fitting(said, kind, match))

        found = self.said.wait(fits, count, **options)
        frames_found = [found] if count == 1 else found
        items = [item for said in frames_found for item in self._fitting(said, kind, match)]
        return items[0] if count == 1 else items

    def all(self, direction, kind):
        """Every item of this kind so far."""
        said = self.said.all(lambda entry: entry.direction == direction)
        return [item for entry in said for item in self._fitting(entry, kind, lambda item: True)]

    @staticmethod
    def _fitting(said, kind, match):
        for item in said.items:
            if item.WhichOneof("kind") == kind and match(getattr(item, kind)):
                yield getattr(item, kind)

    # How it works.

    def _open(self):
        with self._lock:
            return list(self._connections)

    def _accept(self):
        while True:
            try:
                program, _ = self._listener.accept()
            except OSError:
                return  # closed
            self.opened += 1
            hub = None if self._refuses else self._connect()
            if hub is None:
                program.close()
                continue
            connection = _Connection(self.opened, program, hub)
            with self._lock:
                self._connections.append(connection)
            for direction in (UP, DOWN):
                pump = threading.Thread(target=self._pump, args=(connection, direction))
                pump.daemon = True
                pump.start()

    def _connect(self):
        try:
            target = self._target()
            if target.startswith("unix:"):
                hub = socket.socket(socket.AF_UNIX)
                hub.connect(target.removeprefix("unix:"))
                return hub
            host, port = target.rsplit(":", 1)
            return socket.create_connection((host, int(port)))
        except OSError:
            return None  # no hub is there now

    def _pump(self, connection, direction):
        source, sink = connection.ends[direction]
        reader = frames.FrameReader(begins_with_preface=direction == UP)
        with contextlib.suppress(OSError):
            while connection.flows[direction].wait() and (chunk := source.recv(65536)):
                connection.flows[direction].wait()
                for frame, messages in reader.feed(chunk):
                    heard = [self._read(connection, direction, *found) for found in messages]
                    if not self._pass(connection, direction, sink, frame, filter(None, heard)):
                        return
        connection.close()

    def _pass(self, connection, direction, sink, frame, heard):
        """Sends the frame on; False if the line was cut with it."""
        heard = list(heard)
        kinds = {kind for said in heard for kind in said.kinds()}
        with self._lock:
            cut = self._cut
            hit = cut is not None and cut[0] == direction and cut[1] in kinds
            if hit:
                self._cut = None
        if hit and cut[2]:
            connection.reset()
            return False
        sink.sendall(frame)
        for said in heard:
            self.said.add(said)
        if hit:
            connection.close()
        return not hit

    def _read(self, connection, direction, stream, message):
        """What was said, if the message belongs to the Attach stream: it begins with a hello."""
        if connection.stream is None and direction == UP:
            with contextlib.suppress(Exception):
                items = list(self._types[UP].FromString(message).items)
                if items and items[0].WhichOneof("kind") == "hello" and items[0].hello.name:
                    connection.stream = stream
        if stream != connection.stream:
            return None
        items = list(self._types[direction].FromString(message).items)
        return Said(direction, connection.number, items, len(message))


class _Connection:
    def __init__(self, number, program, hub):
        self.number = number
        self.stream = None
        self._is_reset = False
        self.ends = {UP: (program, hub), DOWN: (hub, program)}
        self.flows = {UP: threading.Event(), DOWN: threading.Event()}
        for flow in self.flows.values():
            flow.set()

    def reset(self):
        """Both ends hear that the connection is broken."""
        self._is_reset = True
        for end in self.ends[UP]:
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                # Wakes the thread that reads from it; says nothing to the other side.
                end.shutdown(socket.SHUT_RD)
            end.close()
        self._flow()

    def close(self):
        """Both ends hear that it is over, behind all that was said."""
        if self._is_reset:
            return  # That a pump saw the reset must not make it an orderly end.
        for end in self.ends[UP]:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._flow()

    def _flow(self):
        for flow in self.flows.values():
            flow.set()


def wait_cut(line):
    wait_until(line.cut_happened, "the line's cut")

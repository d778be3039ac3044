"""A client that plays one case over a bare socket and believes nothing that it hears."""

import socket
import struct

from harness.waiting import DEADLINE

from .frames import CLOSE, PING, PONG, TEXT, Frame, answer, ask
from .handshake import ACCEPT, KEY

_HANDSHAKE = (
    "GET /wnet/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n\r\n"
).encode()
_LAST = "still there?"


class Fault(Exception):
    """The server did what it must not do, or not what it must."""


def _require(holds, what):
    if not holds:
        raise Fault(what)


class _Link:
    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self._socket = socket.create_connection((host, int(port)), DEADLINE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._heard = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def say(self, pieces):
        """The server may have heard enough and be gone before the last of them."""
        try:
            for piece in pieces:
                self._socket.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def _more(self):
        try:
            return self._socket.recv(65536)
        except ConnectionResetError:
            return b""

    def take(self, size):
        while len(self._heard) < size:
            piece = self._more()
            _require(
                piece, f"the connection ended instead of {size} bytes; left: {self._heard[:40]!r}"
            )
            self._heard += piece
        taken, self._heard = self._heard[:size], self._heard[size:]
        return taken

    def take_head(self):
        """Everything up to an empty line; None where the connection ends before."""
        while b"\r\n\r\n" not in self._heard:
            piece = self._more()
            if not piece:
                return None
            self._heard += piece
        head, self._heard = self._heard.split(b"\r\n\r\n", 1)
        return head.decode("latin-1")

    def expect_end(self):
        rest = self._heard
        while piece := self._more():
            rest += piece
        _require(not rest, f"after the end came {rest[:40]!r}")


def _accepted(head):
    """Whether the server's answer is what section 4.2.2 asks for."""
    status, *lines = head.split("\r\n")
    fields = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    _require(status.startswith("HTTP/1.1 101 "), f"it answered {status!r}")
    _require(fields.get("upgrade", "").lower() == "websocket", f"Upgrade: {fields}")
    _require(fields.get("connection", "").lower() == "upgrade", f"Connection: {fields}")
    for name in ("sec-websocket-extensions", "sec-websocket-protocol", "content-length"):
        _require(name not in fields, f"it chose {name}: {fields.get(name)}")
    return fields.get("sec-websocket-accept")


def shake_hands(address, case):
    """Plays a case of the handshake."""
    with _Link(address) as link:
        link.say(case.says)
        head = link.take_head()
        _require(head is not None, "no answer")
        status = int(head.split()[1])
        _require(status in case.statuses, f"it answered {status}, not {case.statuses}")
        if status != 101:
            return
        accept = _accepted(head)
        _require(case.name == "another key" or accept == ACCEPT, f"it accepted with {accept}")
        if "/wnet/ws" in case.says[0].decode("latin-1"):
            link.say([ask(_LAST)])
            _expect(link, answer(_LAST))


def _hear(link):
    first, second = link.take(2)
    opcode, size = first & 0x0F, second & 0x7F
    _require(first & 0x80 and not first & 0x70, f"a first byte {first:02x}")
    _require(not second & 0x80, "a server must not mask")
    _require(opcode in (TEXT, CLOSE, PING, PONG), f"opcode {opcode:x}")
    _require(opcode == TEXT or size <= 125, "a control frame of more than 125 bytes")
    if size == 126:
        (size,) = struct.unpack("!H", link.take(2))
        _require(size > 125, "a length that is not in its shortest form")
    elif size == 127:
        (size,) = struct.unpack("!Q", link.take(8))
        _require(size > 0xFFFF, "a length that is not in its shortest form")
    return opcode, link.take(size)


def _said(opcode, payload):
    """The frame as cases write it."""
    if opcode == TEXT:
        return Frame(TEXT, payload.decode())
    if opcode != CLOSE:
        return Frame(opcode, payload)
    _require(len(payload) != 1, "a close of one byte")
    payload[2:].decode()
    return Frame(CLOSE, struct.unpack("!H", payload[:2])[0] if payload else 1005)


def _expect(link, expected):
    said = _said(*_hear(link))
    fits = said.payload in expected.payload if expected.opcode == CLOSE else said == expected
    fits = fits and said.opcode == expected.opcode
    _require(fits, f"it said {str(said)[:100]}, not {str(expected)[:100]}")


def play(address, case):
    """Plays a case that begins when the handshake is done."""
    with _Link(address) as link:
        link.say([_HANDSHAKE])
        _accepted(link.take_head())
        link.say(case.says)
        for expected in case.hears:
            _expect(link, expected)
        if case.hears and case.hears[-1].opcode == CLOSE:
            return link.expect_end()
        link.say([ask(_LAST)])
        _expect(link, answer(_LAST))

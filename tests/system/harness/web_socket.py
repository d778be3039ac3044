"""A WebSocket client written from RFC 6455, so that nothing of the hub's own code judges the hub."""

import base64
import hashlib
import os
import socket
import struct
import time

from .waiting import DEADLINE

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA


def _connect(address):
    host, port = address.rsplit(":", 1)
    return socket.create_connection((host, int(port)), DEADLINE)


def http(address, request, link=None):
    """Sends the bytes of a request, over `link` if there is one; the status and the whole answer."""
    with link or _connect(address) as link:
        link.sendall(request)
        answer = b""
        try:
            while piece := link.recv(65536):
                answer += piece
        except ConnectionResetError:
            pass
    return int(answer.split()[1]) if answer else None, answer


class Closed(Exception):
    """The other side has ended the connection; `code` is None where it did not say why."""

    def __init__(self, code, reason=""):
        super().__init__(f"closed: {code} {reason}")
        self.code = code


class WebSocket:
    """One connection. Every receive has a deadline; pings are answered, unless `deaf`.

    It is made here, or over `link`, which may speak TLS.
    """

    def __init__(self, address, path="/", headers=(), deaf=False, link=None):
        self.link = link or _connect(address)
        self._deaf = deaf
        self._buffer = b""
        self.pongs = []
        key = base64.b64encode(os.urandom(16))
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: {address}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {key.decode()}",
            *headers,
        ]
        self.link.sendall("\r\n".join([*lines, "", ""]).encode())
        while b"\r\n\r\n" not in self._buffer:
            self._fill()
        head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
        self.status = int(head.split()[1])
        self.headers = dict(
            line.decode().lower().split(": ", 1) for line in head.split(b"\r\n")[1:]
        )
        if self.status == 101:
            accept = base64.b64encode(hashlib.sha1(key + _MAGIC).digest()).decode()
            assert self.headers["sec-websocket-accept"] == accept.lower(), self.headers

    def _fill(self):
        piece = self.link.recv(65536)
        if not piece:
            raise Closed(None)
        self._buffer += piece

    def _take(self, size):
        while len(self._buffer) < size:
            self._fill()
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken

    # Saying.

    def raw(self, data):
        self.link.sendall(data)

    def frame(self, opcode, payload=b"", fin=True, masked=True, reserved=0):
        first = (0x80 if fin else 0) | reserved << 4 | opcode
        size = len(payload)
        mark = 0x80 if masked else 0
        if size < 126:
            head = struct.pack("!BB", first, mark | size)
        elif size < 1 << 16:
            head = struct.pack("!BBH", first, mark | 126, size)
        else:
            head = struct.pack("!BBQ", first, mark | 127, size)
        if masked:
            mask = os.urandom(4)
            head += mask
            payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.raw(head + payload)

    def say(self, text):
        self.frame(TEXT, text.encode())

    # Hearing.

    def next_frame(self):
        first, second = self._take(2)
        assert not second & 0x80, "a server must not mask"
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", self._take(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", self._take(8))
        return first & 0x0F, bool(first & 0x80), self._take(size)

    def hear(self):
        """The next text; raises Closed when the connection ends instead."""
        text = b""
        until = time.monotonic() + DEADLINE
        while True:
            if time.monotonic() > until:
                raise TimeoutError(f"nothing but pings came in {DEADLINE:g} s")
            try:
                opcode, fin, payload = self.next_frame()
            except (ConnectionResetError, BrokenPipeError):
                raise Closed(None) from None
            if opcode == PING and not self._deaf:
                self.frame(PONG, payload)
            elif opcode == PONG:
                self.pongs.append(payload)
            elif opcode == CLOSE:
                code = struct.unpack("!H", payload[:2])[0] if payload else 1005
                self._answer_close(payload)
                raise Closed(code, payload[2:].decode())
            elif opcode in (TEXT, BINARY, CONTINUATION):
                text += payload
                if fin:
                    return text.decode()

    def _answer_close(self, payload):
        try:
            self.frame(CLOSE, payload)
        except OSError:
            pass  # it did not wait for us

    def wait_close(self):
        """Hears until the connection ends; its code, None where there was none."""
        try:
            while True:
                self.hear()
        except Closed as closed:
            return closed.code

    def leave(self):
        self.link.close()

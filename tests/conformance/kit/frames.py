"""Reads gRPC messages out of the bytes of an HTTP/2 connection (RFC 9113, and gRPC over HTTP/2)."""

_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_HEADER = 9
_DATA = 0x0
_PADDED = 0x8
# One byte that says whether the message is compressed, four for its length.
_PREFIX = 5


class FrameReader:
    """One direction of one connection. `feed` gives whole HTTP/2 frames as they become complete,
    each with the gRPC messages that it completes: (bytes, [(stream, message), ...]).
    """

    def __init__(self, begins_with_preface):
        self._preface = len(_PREFACE) if begins_with_preface else 0
        self._pending = b""
        self._messages = {}

    def feed(self, chunk):
        self._pending += chunk
        if self._preface and len(self._pending) >= self._preface:
            yield self._take(self._preface), []
            self._preface = 0
        while not self._preface and len(self._pending) >= _HEADER:
            size = _HEADER + int.from_bytes(self._pending[:3], "big")
            if len(self._pending) < size:
                return
            frame = self._take(size)
            yield frame, self._read(frame) if frame[3] == _DATA else []

    def _take(self, size):
        taken, self._pending = self._pending[:size], self._pending[size:]
        return taken

    def _read(self, frame):
        stream = int.from_bytes(frame[5:9], "big") & 0x7FFFFFFF
        payload = frame[_HEADER:]
        if frame[4] & _PADDED:
            payload = payload[1 : len(payload) - payload[0]]
        pending = self._messages.get(stream, b"") + payload
        found = []
        while len(pending) >= _PREFIX:
            size = _PREFIX + int.from_bytes(pending[1:_PREFIX], "big")
            if len(pending) < size:
                break
            if pending[0]:
                raise AssertionError("the message is compressed, which the kit does not read")
            found.append((stream, pending[_PREFIX:size]))
            pending = pending[size:]
        self._messages[stream] = pending
        return found

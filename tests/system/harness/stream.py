"""One side of a bidirectional gRPC call, spoken by hand."""

import queue
import threading

import grpc

from .problems import problem_of
from .waiting import DEADLINE, Log


def open_channel(target):
    """A connection of its own, never shared with another peer of this process."""
    options = [
        ("grpc.use_local_subchannel_pool", 1),
        ("grpc.max_send_message_length", -1),
        ("grpc.max_receive_message_length", -1),
    ]
    return grpc.insecure_channel(target, options)


def metadata_of(token, peer=None):
    """What every call carries; a call without a credential carries nothing of it."""
    metadata = []
    if token is not None:
        metadata.append(("authorization", f"Bearer {token}"))
    if peer is not None:
        metadata.append(("chathub-peer", peer))
    return metadata


class Stream:
    """Frames out by `send`, what comes in lies in `heard`; `hear` is called on each item first."""

    def __init__(self, open_call, metadata, hear=lambda item: None):
        self.heard = Log()
        self._hear = hear
        self._frames = queue.SimpleQueue()
        self._ended = threading.Event()
        self._call = open_call(iter(self._frames.get, None), metadata=metadata)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def send(self, frame):
        self._frames.put(frame)

    def _read(self):
        why = "the stream ended with OK"
        try:
            for frame in self._call:
                for item in getattr(frame, "items", [frame]):
                    self._hear(item)
                    self.heard.add(item)
        except grpc.RpcError as error:
            why = f"the stream ended with {error.code().name}: {error.details()}"
        except Exception as error:  # noqa: BLE001  (a fault of the test must end its waiting too)
            why = f"the test's own reader failed: {error!r}"
        self.heard.close(why)
        self._frames.put(None)
        self._ended.set()

    def wait_end(self, timeout=DEADLINE):
        """The status code that the stream ends with."""
        if not self._ended.wait(timeout):
            raise AssertionError(f"the stream still lives after {timeout:g} s")
        return self._call.code()

    def ended(self):
        return self._ended.is_set()

    def problem(self):
        """What an ended stream says was wrong."""
        return problem_of(self._call)

    def details(self):
        return self._call.details()

    def half_close(self):
        """Says that nothing more will be sent."""
        self._frames.put(None)

    def drop(self):
        """Ends it as a crash would: at once, without a word."""
        self._frames.put(None)
        self._call.cancel()
        self._ended.wait(DEADLINE)

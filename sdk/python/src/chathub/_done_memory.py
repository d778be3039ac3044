"""What became of orders, for when the hub repeats one or names a message by its key."""

from __future__ import annotations

from chathub.v1 import adapters_pb2 as wire
from chathub.v1 import message_pb2


class DoneMemory:
    """Remembers the newest so many orders."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._dones: dict[str, wire.Done] = {}  # the oldest first

    def add(self, done: wire.Done) -> None:
        self._dones[done.key] = done
        if len(self._dones) > self._most:
            del self._dones[next(iter(self._dones))]

    def find(self, key: str) -> wire.Done | None:
        return self._dones.get(key)

    def resolve(self, order: wire.Order) -> None:
        """Names messages in it by the chat service's ids as far as they are known."""
        for action in order.actions:
            kind = action.WhichOneof("kind")
            if kind in ("edit", "react", "delete"):
                self._resolve(getattr(action, kind).target)

    def _resolve(self, ref: message_pb2.MessageRef) -> None:
        done = self.find(ref.posted.key) if ref.HasField("posted") else None
        if done is None or ref.posted.index >= len(done.results):
            return
        ids = done.results[ref.posted.index].platform_ids
        if ids:
            ref.platform_id = ids[0]

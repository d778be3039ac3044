"""What waits to be said to the hub, packed into frames."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

Item = TypeVar("Item")

# The wire's limits: a frame is closed at so many items or bytes; no item may be larger.
FRAME_ITEMS = 64
FRAME_BYTES = 256 * 1024
ITEM_BYTES = 256 * 1024


class FrameRoom:
    """How full the frame is that is being packed."""

    def __init__(self) -> None:
        self.items = 0
        self._bytes = 0

    def take(self, size: int) -> bool:
        """Takes an item of this size in; False if the frame must be closed before it."""
        full = self.items == FRAME_ITEMS or self._bytes + size > FRAME_BYTES
        if self.items > 0 and full:
            return False
        self.items += 1
        self._bytes += size
        return True


class Outgoing(Generic[Item]):
    """Items in the order in which they are to be said."""

    def __init__(self) -> None:
        self._items: deque[Item] = deque()

    def __len__(self) -> int:
        return len(self._items)

    def add(self, item: Item) -> None:
        self._items.append(item)

    def fill(self, room: FrameRoom) -> list[Item]:
        """What has room in the frame."""
        frame = []
        while self._items and room.take(self._items[0].ByteSize()):  # type: ignore[attr-defined]
            frame.append(self._items.popleft())
        return frame

    def take_all(self) -> list[Item]:
        """The stream is gone: gives back what was never said on it."""
        items = list(self._items)
        self._items.clear()
        return items

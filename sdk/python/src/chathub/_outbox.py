"""Events that the hub has not accepted yet."""

from __future__ import annotations

from collections import deque

from chathub._outgoing import FrameRoom
from chathub._times import seconds_of, to_duration
from chathub.v1 import adapters_pb2 as wire

# What seq, age and resent add to an event that is not numbered yet.
_ENVELOPE_BYTES = 64

# So many may be said and not accepted: what else is to be said does not wait behind more, and the hub
# can put off a few thousand.
MOST_UNACCEPTED = 2048


class _Entry:
    __slots__ = ("bytes", "event", "since")

    def __init__(self, event: wire.AdapterEvent, since: float, size: int) -> None:
        self.event = event
        self.since = since
        self.bytes = size


class Outbox:
    """Numbers events from 1, gives them out in order, gives them out again on a new stream, and
    keeps the newest when there are too many."""

    def __init__(self, most_events: int, most_bytes: int) -> None:
        self._most_events = most_events
        self._most_bytes = most_bytes
        self._entries: deque[_Entry] = deque()
        self._said = 0  # how many of them, from the front, on this stream
        self._dropped = 0  # said on it, not accepted, and not kept any more
        self._last_dropped = 0
        self._bytes = 0
        self._gap: wire.Gap | None = None
        self.last = 0
        """The seq given last."""

    def add(self, event: wire.AdapterEvent, now: float) -> int:
        """Its seq. The oldest ones make room for it; those of them that were not said on this
        stream become a gap."""
        self.last += 1
        event.seq = self.last
        size = event.ByteSize() + _ENVELOPE_BYTES
        while self._entries and self._is_full_for(size):
            self._drop_oldest()
        self._bytes += size
        self._entries.append(_Entry(event, now, size))
        return self.last

    def accept(self, up_to: int) -> None:
        """The hub has everything up to here."""
        if up_to >= self._last_dropped:
            self._dropped = 0
        while self._entries and self._entries[0].event.seq <= up_to:
            self._said = max(self._said - 1, 0)
            self._bytes -= self._entries.popleft().bytes

    def rewind(self) -> None:
        """A new stream: all that is left is to be said again."""
        for index in range(self._said):
            self._entries[index].event.resent = True
        self._said = 0
        self._dropped = 0
        # The hello says where the outbox begins; that tells the hub of everything lost before.
        self._gap = None

    def fill(self, room: FrameRoom, now: float) -> list[wire.AdapterItem]:
        """What is to be said next and has room in the frame."""
        items = []
        while self._may_say() and room.take(self._entries[self._said].bytes):
            items.append(_item(self._entries[self._said], now))
            self._said += 1
        return items

    def take_gap(self) -> wire.Gap | None:
        """Events that were never said and never will be; told once."""
        gap, self._gap = self._gap, None
        return gap

    @property
    def oldest(self) -> int:
        """The lowest seq in it; 0: it is empty."""
        return self._entries[0].event.seq if self._entries else 0

    @property
    def all_said(self) -> bool:
        return self._said == len(self._entries)

    @property
    def has_space(self) -> bool:
        """At most half of what it can keep is in it."""
        few = len(self._entries) <= self._most_events // 2
        return few and self._bytes <= self._most_bytes // 2

    def _may_say(self) -> bool:
        return not self.all_said and self._said + self._dropped < MOST_UNACCEPTED

    def _is_full_for(self, size: int) -> bool:
        return len(self._entries) >= self._most_events or self._bytes + size > self._most_bytes

    def _drop_oldest(self) -> None:
        entry = self._entries.popleft()
        self._bytes -= entry.bytes
        if self._said > 0:
            self._said -= 1
            self._dropped += 1
            self._last_dropped = entry.event.seq
        elif self._gap is None:
            self._gap = wire.Gap(**{"from": entry.event.seq, "to": entry.event.seq})
        else:
            self._gap.to = entry.event.seq


def _item(entry: _Entry, now: float) -> wire.AdapterItem:
    item = wire.AdapterItem(event=entry.event)
    waited = now - entry.since
    item.event.age.CopyFrom(to_duration(seconds_of(entry.event.age) + waited))
    return item

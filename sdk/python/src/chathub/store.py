"""The memory of a plugin: keys and values that outlive its process.

Keys are at most 512 bytes of UTF-8 without NUL, values at most 128 KiB. Each plugin sees its own
keys alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Union

from chathub._calls import Calls
from chathub._times import Seconds, to_datetime, to_duration
from chathub.v1 import store_pb2 as wire
from chathub.v1.store_pb2_grpc import StoreStub

Value = Union[str, bytes]
"""A str is kept as UTF-8."""


@dataclass(frozen=True)
class Entry:
    """What stands under a key."""

    key: str
    value: bytes
    revision: int
    """Grows with every change of the key, never used again."""
    expires_at: datetime | None = None

    @property
    def text(self) -> str:
        return self.value.decode()

    @classmethod
    def from_wire(cls, entry: wire.StoreEntry) -> Entry:
        expires = to_datetime(entry.expires_at) if entry.HasField("expires_at") else None
        return cls(entry.key, entry.value, entry.revision, expires)


@dataclass(frozen=True)
class Change:
    """What a watch tells. A deleted entry has no value."""

    entry: Entry
    deleted: bool


class Writes:
    """Changes of the store, to be made all together or not at all.

    `if_revision`: only if the key's revision is this; 0: only if there is no such key.
    """

    def __init__(self) -> None:
        self._writes: list[wire.StoreWrite] = []

    def to_wire(self) -> list[wire.StoreWrite]:
        return self._writes

    async def put(
        self, key: str, value: Value, *, ttl: Seconds | None = None, if_revision: int | None = None
    ) -> None:
        """`ttl`: gone after this time."""
        put = wire.StorePut(value=_bytes(value), ttl=None if ttl is None else to_duration(ttl))
        self._writes.append(wire.StoreWrite(key=key, put=put, if_revision=if_revision))

    async def delete(self, key: str, *, if_revision: int | None = None) -> None:
        write = wire.StoreWrite(key=key, delete=wire.StoreRemove(), if_revision=if_revision)
        self._writes.append(write)

    async def add(self, key: str, number: int, *, if_revision: int | None = None) -> None:
        """Adds to a decimal number of 64 bits, which `int(entry.value)` reads; a missing key
        counts as 0."""
        self._writes.append(wire.StoreWrite(key=key, add=number, if_revision=if_revision))


class Store:
    """Belongs to a Handler. Everything raises HubError where the hub cannot do it, and waits for at
    most 10 s, also through a hub's restart."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def get(self, key: str) -> Entry | None:
        """None: there is no such key."""
        response = await self._calls.unary(StoreStub, "Get", wire.StoreGetRequest(key=key))
        return Entry.from_wire(response.entry) if response.HasField("entry") else None

    async def put(
        self, key: str, value: Value, *, ttl: Seconds | None = None, if_revision: int | None = None
    ) -> int:
        """The new revision. Raises HubError with Reason.CONFLICT if `if_revision` does not hold
        (0: there must be no such key)."""
        request = wire.StorePutRequest(
            key=key,
            value=_bytes(value),
            ttl=None if ttl is None else to_duration(ttl),
            if_revision=if_revision,
        )
        response = await self._calls.unary(StoreStub, "Put", request, repeat=if_revision is None)
        return int(response.revision)

    async def delete(self, key: str, *, if_revision: int | None = None) -> None:
        request = wire.StoreDeleteRequest(key=key, if_revision=if_revision)
        await self._calls.unary(StoreStub, "Delete", request, repeat=if_revision is None)

    @asynccontextmanager
    async def batch(self) -> AsyncIterator[Writes]:
        """`async with bot.store.batch() as batch:` makes its changes at the end of the block, all
        or none; none if the block raises."""
        writes = Writes()
        yield writes
        request = wire.StoreBatchRequest(writes=writes.to_wire())
        await self._calls.unary(StoreStub, "Batch", request, repeat=False)

    async def list(self, prefix: str = "") -> AsyncIterator[Entry]:
        """`async for entry in bot.store.list("karma/"):`, in the order of the keys' bytes."""
        request = wire.StoreListRequest(prefix=prefix)
        while True:
            response = await self._calls.unary(StoreStub, "List", request)
            for entry in response.entries:
                yield Entry.from_wire(entry)
            if not response.next_page_token:
                return
            request.page_token = response.next_page_token

    async def watch(self, prefix: str = "", *, with_present: bool = False) -> AsyncIterator[Change]:
        """The changes from now on, without end; first what is there now, if `with_present`.

        When the line breaks it raises HubError, because changes may have been missed: watch again,
        `with_present`.
        """
        request = wire.StoreWatchRequest(prefix=prefix, with_present=with_present)
        async for response in self._calls.stream(StoreStub, "Watch", request):
            for change in response.changes:
                yield Change(Entry.from_wire(change.entry), change.deleted)


class MessageStore(Writes):
    """The store as a function sees it: what it writes happens together with its answer.

    Read, then write `if_revision=entry.revision`: if somebody else was faster, nothing happens and
    the function is run again. Reading does not see what this function has written.
    """

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    async def get(self, key: str) -> Entry | None:
        """None: there is no such key."""
        return await self._store.get(key)


def _bytes(value: Value) -> bytes:
    return value.encode() if isinstance(value, str) else value

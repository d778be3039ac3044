"""What a handler calls at a hub, answered from memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from chathub.conversation import Conversation, Room, User
from chathub.problem import HubError, Reason
from chathub.v1 import chat_pb2, message_pb2, rooms_pb2, store_pb2, users_pb2


class MemoryHub:
    """Store, Chat, Users and Rooms of one test."""

    def __init__(self) -> None:
        self.store: dict[str, bytes] = {}
        self.users: dict[str, User] = {}
        self.rooms: dict[str, Room] = {}
        self.sent: list[tuple[Conversation, message_pb2.Content]] = []
        self._revisions: dict[str, int] = {}
        self._last_revision = 0

    async def unary(self, stub: Any, method: str, request: Any, *, repeat: bool = True) -> Any:
        answer = getattr(self, f"_{method}", None)
        if answer is None:
            raise HubError(f"the test kit has no {method}", Reason.UNSUPPORTED)
        return answer(request)

    async def stream(self, stub: Any, method: str, request: Any) -> AsyncIterator[Any]:
        raise HubError(f"the test kit has no {method}", Reason.UNSUPPORTED)
        yield

    def apply(self, writes: Sequence[store_pb2.StoreWrite]) -> store_pb2.StoreConflict | None:
        """All of them or, where one does not hold, none."""
        for write in writes:
            revision = self._revision(write.key)
            if write.HasField("if_revision") and write.if_revision != revision:
                return store_pb2.StoreConflict(key=write.key, revision=revision)
        for write in writes:
            self._write(write)
        return None

    def _write(self, write: store_pb2.StoreWrite) -> None:
        self._last_revision += 1
        self._revisions[write.key] = self._last_revision
        if write.HasField("put"):
            self.store[write.key] = write.put.value
        elif write.HasField("add"):
            number = int(self.store.get(write.key, b"0")) + write.add
            self.store[write.key] = str(number).encode()
        else:
            self.store.pop(write.key, None)

    def _revision(self, key: str) -> int:
        """0: there is no such key."""
        if key not in self.store:
            return 0
        if key not in self._revisions:  # The test put it there.
            self._last_revision += 1
            self._revisions[key] = self._last_revision
        return self._revisions[key]

    def _entry(self, key: str) -> store_pb2.StoreEntry:
        return store_pb2.StoreEntry(key=key, value=self.store[key], revision=self._revision(key))

    def _apply_or_fail(self, *writes: store_pb2.StoreWrite) -> list[int]:
        conflict = self.apply(writes)
        if conflict is not None:
            raise HubError(f"{conflict.key} has revision {conflict.revision}", Reason.CONFLICT)
        return [self._revision(write.key) for write in writes]

    # The calls, by their names on the wire.

    def _Get(self, request: Any) -> Any:  # noqa: N802
        entry = self._entry(request.key) if request.key in self.store else None
        return store_pb2.StoreGetResponse(entry=entry)

    def _Put(self, request: Any) -> Any:  # noqa: N802
        write = store_pb2.StoreWrite(key=request.key, put={"value": request.value})
        if request.HasField("if_revision"):
            write.if_revision = request.if_revision
        return store_pb2.StorePutResponse(revision=self._apply_or_fail(write)[0])

    def _Delete(self, request: Any) -> Any:  # noqa: N802
        write = store_pb2.StoreWrite(key=request.key, delete={})
        if request.HasField("if_revision"):
            write.if_revision = request.if_revision
        self._apply_or_fail(write)
        return store_pb2.StoreDeleteResponse()

    def _Batch(self, request: Any) -> Any:  # noqa: N802
        return store_pb2.StoreBatchResponse(revisions=self._apply_or_fail(*request.writes))

    def _List(self, request: Any) -> Any:  # noqa: N802
        keys = sorted((k for k in self.store if k.startswith(request.prefix)), key=str.encode)
        return store_pb2.StoreListResponse(entries=[self._entry(key) for key in keys])

    def _SendMessage(self, request: Any) -> Any:  # noqa: N802
        self.sent.append((Conversation.from_wire(request.conversation), request.content))
        return chat_pb2.SendMessageResponse(key=f"sent/{len(self.sent)}")

    def _GetUser(self, request: Any) -> Any:  # noqa: N802
        return users_pb2.GetUserResponse(user=_known(self.users, request.id).to_wire())

    def _FindUsers(self, request: Any) -> Any:  # noqa: N802
        name = request.name.casefold()
        found = [
            user.to_wire()
            for user in self.users.values()
            if name in (user.name.casefold(), user.mention_name.casefold())
        ]
        return users_pb2.FindUsersResponse(users=found)

    def _ListUsers(self, request: Any) -> Any:  # noqa: N802
        users = [self.users[id].to_wire() for id in sorted(self.users)]
        return users_pb2.ListUsersResponse(users=users)

    def _GetRoom(self, request: Any) -> Any:  # noqa: N802
        return rooms_pb2.GetRoomResponse(room=_known(self.rooms, request.id).to_wire())

    def _FindRooms(self, request: Any) -> Any:  # noqa: N802
        name = request.name.casefold()
        found = [room.to_wire() for room in self.rooms.values() if room.name.casefold() == name]
        return rooms_pb2.FindRoomsResponse(rooms=found)

    def _ListRooms(self, request: Any) -> Any:  # noqa: N802
        rooms = [self.rooms[id].to_wire() for id in sorted(self.rooms)]
        return rooms_pb2.ListRoomsResponse(rooms=rooms)


def _known(place: Any, id: str) -> Any:
    if id not in place:
        raise HubError(f"nobody told of {id}", Reason.NO_SUCH_PEER)
    return place[id]

"""Who is in the chat and where it takes place, as the adapters told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from chathub._calls import Calls
from chathub.conversation import Room, User
from chathub.problem import HubError, Reason
from chathub.v1 import rooms_pb2, users_pb2
from chathub.v1.rooms_pb2_grpc import RoomsStub
from chathub.v1.users_pb2_grpc import UsersStub


class Users:
    """Belongs to a Handler. Everything raises HubError. An empty `adapter` means all of them."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def get(self, id: str) -> User | None:
        """By qualified id; None if no adapter ever told of it."""
        request = users_pb2.GetUserRequest(id=id)
        response = await _get(self._calls, UsersStub, "GetUser", request)
        return None if response is None else User.from_wire(response.user)

    async def find(self, name: str, *, adapter: str = "") -> Sequence[User]:
        """By name or mention name, without regard to case; at most 100."""
        request = users_pb2.FindUsersRequest(name=name, adapter=adapter)
        response = await self._calls.unary(UsersStub, "FindUsers", request)
        return [User.from_wire(user) for user in response.users]

    async def list(self, *, adapter: str = "") -> AsyncIterator[User]:
        """`async for user in bot.users.list():`, in the order of the ids."""
        request = users_pb2.ListUsersRequest(adapter=adapter)
        async for response in _pages(self._calls, UsersStub, "ListUsers", request):
            for user in response.users:
                yield User.from_wire(user)


class Rooms:
    """Belongs to a Handler. Everything raises HubError. An empty `adapter` means all of them."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def get(self, id: str) -> Room | None:
        """By qualified id; None if no adapter ever told of it."""
        request = rooms_pb2.GetRoomRequest(id=id)
        response = await _get(self._calls, RoomsStub, "GetRoom", request)
        return None if response is None else Room.from_wire(response.room)

    async def find(self, name: str, *, adapter: str = "") -> Sequence[Room]:
        """By name, without regard to case; at most 100."""
        request = rooms_pb2.FindRoomsRequest(name=name, adapter=adapter)
        response = await self._calls.unary(RoomsStub, "FindRooms", request)
        return [Room.from_wire(room) for room in response.rooms]

    async def list(self, *, adapter: str = "", joined: bool = False) -> AsyncIterator[Room]:
        """In the order of the ids; `joined`: only those that the bot is in."""
        request = rooms_pb2.ListRoomsRequest(adapter=adapter, joined=joined)
        async for response in _pages(self._calls, RoomsStub, "ListRooms", request):
            for room in response.rooms:
                yield Room.from_wire(room)


async def _get(calls: Calls, stub: Any, method: str, request: Any) -> Any:
    try:
        return await calls.unary(stub, method, request)
    except HubError as error:
        if error.reason is Reason.NO_SUCH_PEER:
            return None
        raise


async def _pages(calls: Calls, stub: Any, method: str, request: Any) -> AsyncIterator[Any]:
    while True:
        response = await calls.unary(stub, method, request)
        yield response
        if not response.next_page_token:
            return
        request.page_token = response.next_page_token

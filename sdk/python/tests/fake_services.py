"""The hub's single calls, from memory; the test looks at what was asked."""

import asyncio

import grpc
from fake_hub import TOKEN, status_details

from chathub.v1 import (
    chat_pb2,
    chat_pb2_grpc,
    problem_pb2,
    rooms_pb2,
    rooms_pb2_grpc,
    store_pb2,
    store_pb2_grpc,
    users_pb2,
    users_pb2_grpc,
)


class FakeServices(
    chat_pb2_grpc.ChatServicer,
    store_pb2_grpc.StoreServicer,
    users_pb2_grpc.UsersServicer,
    rooms_pb2_grpc.RoomsServicer,
):
    """Checks the credential of every call and keeps its request."""

    def __init__(self, server):
        self.asked = []
        self.peers = set()
        self.unavailable = 0
        """How many calls fail before one is taken."""
        self.entries = {}
        self.answer_get = asyncio.Event()
        self.answer_get.set()
        chat_pb2_grpc.add_ChatServicer_to_server(self, server)
        store_pb2_grpc.add_StoreServicer_to_server(self, server)
        users_pb2_grpc.add_UsersServicer_to_server(self, server)
        rooms_pb2_grpc.add_RoomsServicer_to_server(self, server)

    async def hear(self, request, context):
        metadata = dict(context.invocation_metadata())
        if metadata["authorization"] != f"Bearer {TOKEN}":
            await context.abort(grpc.StatusCode.UNAUTHENTICATED, "who are you?")
        self.asked.append(request)
        self.peers.add(metadata["chathub-peer"])
        if self.unavailable > 0:
            self.unavailable -= 1
            await context.abort(grpc.StatusCode.UNAVAILABLE, "going away")

    async def fail(self, context, code, reason, detail):
        await context.abort(code, detail, status_details(reason, detail))

    # Chat.

    async def SendMessage(self, request, context):  # noqa: N802, the names are the wire's
        await self.hear(request, context)
        return chat_pb2.SendMessageResponse(key=f"key/{request.request_id}")

    async def EditMessage(self, request, context):  # noqa: N802
        await self.hear(request, context)
        return chat_pb2.EditMessageResponse(key="edit")

    async def DeleteMessage(self, request, context):  # noqa: N802
        await self.hear(request, context)
        return chat_pb2.DeleteMessageResponse(key="delete")

    async def React(self, request, context):  # noqa: N802
        await self.hear(request, context)
        return chat_pb2.ReactResponse(key="react")

    async def ShowTyping(self, request, context):  # noqa: N802
        await self.hear(request, context)
        return chat_pb2.ShowTypingResponse()

    async def JoinRoom(self, request, context):  # noqa: N802
        await self.hear(request, context)
        return chat_pb2.JoinRoomResponse(key="join")

    async def PartRoom(self, request, context):  # noqa: N802
        await self.hear(request, context)
        return chat_pb2.PartRoomResponse(key="part")

    async def SetTopic(self, request, context):  # noqa: N802
        await self.hear(request, context)
        code, reason = grpc.StatusCode.PERMISSION_DENIED, problem_pb2.REASON_NOT_ALLOWED
        await self.fail(context, code, reason, "may not set topics")

    # Store.

    async def Get(self, request, context):  # noqa: N802
        await self.hear(request, context)
        await self.answer_get.wait()
        return store_pb2.StoreGetResponse(entry=self.entries.get(request.key))

    async def Put(self, request, context):  # noqa: N802
        await self.hear(request, context)
        if request.HasField("if_revision"):
            code, reason = grpc.StatusCode.ABORTED, problem_pb2.REASON_CONFLICT
            await self.fail(context, code, reason, "it has revision 9")
        return store_pb2.StorePutResponse(revision=3)

    async def Delete(self, request, context):  # noqa: N802
        await self.hear(request, context)
        return store_pb2.StoreDeleteResponse()

    async def List(self, request, context):  # noqa: N802
        await self.hear(request, context)
        if not request.page_token:
            first = store_pb2.StoreEntry(key="a", value=b"1", revision=1)
            return store_pb2.StoreListResponse(entries=[first], next_page_token="second")
        second = store_pb2.StoreEntry(key="b", value=b"2", expires_at={"seconds": 60})
        return store_pb2.StoreListResponse(entries=[second])

    async def Batch(self, request, context):  # noqa: N802
        await self.hear(request, context)
        return store_pb2.StoreBatchResponse(revisions=[1] * len(request.writes))

    async def Watch(self, request, context):  # noqa: N802
        await self.hear(request, context)
        gone = {"entry": {"key": "a"}, "deleted": True}
        yield store_pb2.StoreWatchResponse(changes=[{"entry": {"key": "a", "value": b"1"}}, gone])
        await context.abort(grpc.StatusCode.UNAVAILABLE, "the line broke")

    # Users and rooms.

    async def GetUser(self, request, context):  # noqa: N802
        await self.hear(request, context)
        if request.id != "irc/ada":
            code, reason = grpc.StatusCode.NOT_FOUND, problem_pb2.REASON_NO_SUCH_PEER
            await self.fail(context, code, reason, "nobody told of it")
        return users_pb2.GetUserResponse(user={"id": "irc/ada", "name": "Ada"})

    async def FindUsers(self, request, context):  # noqa: N802
        await self.hear(request, context)
        return users_pb2.FindUsersResponse(users=[{"id": "irc/ada", "name": request.name}])

    async def ListUsers(self, request, context):  # noqa: N802
        await self.hear(request, context)
        more = "" if request.page_token else "more"
        user = {"id": f"irc/{request.page_token or 'first'}"}
        return users_pb2.ListUsersResponse(users=[user], next_page_token=more)

    async def GetRoom(self, request, context):  # noqa: N802
        await self.hear(request, context)
        return rooms_pb2.GetRoomResponse(room={"id": request.id, "topic": "tea", "joined": True})

    async def FindRooms(self, request, context):  # noqa: N802
        await self.hear(request, context)
        return rooms_pb2.FindRoomsResponse(rooms=[{"id": "irc/#lab", "name": request.name}])

    async def ListRooms(self, request, context):  # noqa: N802
        await self.hear(request, context)
        return rooms_pb2.ListRoomsResponse(rooms=[{"id": "irc/#lab", "joined": request.joined}])

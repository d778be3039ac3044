"""A handler: adds functions to the chat. Start here when writing one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from chathub._calls import Calls, HubCalls
from chathub._log import PeerLog
from chathub._names import check_name
from chathub._routes import Function, Routes
from chathub._run import run_program
from chathub._running import Running
from chathub._say_key import order_key
from chathub._wire import clean
from chathub.chat import Chat
from chathub.content import MessageRef
from chathub.directory import Rooms, Users
from chathub.hub_address import HubOptions
from chathub.message import Message
from chathub.route import Argument, EventKind, RouteListing, RouteOptions
from chathub.store import Store
from chathub.v1 import handlers_pb2 as wire
from chathub.v1.handlers_pb2_grpc import HandlersStub

if TYPE_CHECKING:
    from typing_extensions import Unpack

AnyFunction = TypeVar("AnyFunction", bound=Function)


@dataclass(frozen=True)
class Posted:
    """What became of one action of an answer."""

    message: MessageRef
    platform_ids: Sequence[str]
    """Several where a long text was split."""
    problem: str
    """Empty: it is in the chat."""

    @classmethod
    def from_wire(cls, posted: wire.Posted) -> Posted:
        result = posted.result
        ids = tuple(result.platform_ids)
        problem = result.problem.detail or "not posted" if result.HasField("problem") else ""
        message = MessageRef(ids[0] if ids else "", order_key(posted.key), posted.index)
        return cls(message, ids, problem)


class Handler:
    """One instance of a handler. Register its functions, then `run` it.

    A function is called with the Message, and with each capture that it has a parameter for. It
    runs on the event loop, one message of a conversation at a time; what takes the processor for
    long belongs into `asyncio.to_thread`, or the hub will think that we are lost. What it replied
    is sent when it returns. Raising gives the message to another instance, or back to this one;
    `raise Retry(after)` says when. It is cancelled when somebody else has ended the message, for
    example because the user's patience did.
    """

    def __init__(
        self,
        name: str,
        *,
        hub: HubOptions | None = None,
        revision: int = 0,
        maximum_in_flight: int = 0,
    ) -> None:
        """`name`: [A-Za-z0-9][A-Za-z0-9._-]{0,63}. `revision`, of the routes: raise it when they
        change, and the newer instances take over. `maximum_in_flight`: how many messages this
        instance holds at most; 0: the hub's default of 64."""
        check_name("a handler", name)
        self.name = name
        self.routes = Routes()
        self._hub = hub or HubOptions()
        self._revision = revision
        self._maximum_in_flight = maximum_in_flight
        self._on_posted: Callable[[Posted], Awaitable[object]] | None = None
        self._running: Running | None = None
        self._hub_calls = HubCalls(self._hub, f"handler/{name}")
        self.use(self._hub_calls)

    def use(self, calls: Calls) -> None:
        """Makes chat, store, users, rooms and list_routes call there; for the test kit."""
        self._calls = calls
        self.chat = Chat(calls)
        self.store = Store(calls)
        self.users = Users(calls)
        self.rooms = Rooms(calls)

    # What it waits for.

    def route(
        self, pattern: str, *, free: bool = False, **options: Unpack[RouteOptions]
    ) -> Callable[[AnyFunction], AnyFunction]:
        """Calls the function for messages in which `pattern` (RE2's syntax, named captures as
        `(?P<name>...)`) is found. `free`: also several of a conversation at the same time."""

        def register(function: AnyFunction) -> AnyFunction:
            self.routes.add_pattern(pattern, function, free, options)
            return function

        return register

    def command(
        self,
        word: str,
        *,
        arguments: Sequence[Argument] | None = None,
        free: bool = False,
        **options: Unpack[RouteOptions],
    ) -> Callable[[AnyFunction], AnyFunction]:
        """Calls it for messages to the bot that begin with `word`, without regard to case.

        What is behind the word is the capture `rest`. Without `arguments` they are the function's
        other parameters: `async def roll(message, count: int, sides: int = 6, *, loud: bool =
        False)` is a command with a required number, another one, and an option `--loud`.
        """

        def register(function: AnyFunction) -> AnyFunction:
            self.routes.add_command(word, function, arguments, free, options)
            return function

        return register

    def on(
        self, kind: EventKind, *, free: bool = False, **options: Unpack[RouteOptions]
    ) -> Callable[[AnyFunction], AnyFunction]:
        """Calls it for whatever else happens."""

        def register(function: AnyFunction) -> AnyFunction:
            self.routes.add_event(kind, function, free, options)
            return function

        return register

    def on_posted(
        self, function: Callable[[Posted], Awaitable[object]]
    ) -> Callable[[Posted], Awaitable[object]]:
        """Calls it with what became of every action of every answer."""
        self._on_posted = function
        return function

    # Its life.

    def run(self) -> None:
        """Attaches to the hub, waits for it where it is not there yet, and comes back after every
        failure. Returns after SIGTERM, Ctrl-C or `stop`, when what is held is finished; a second
        signal ends the process at once. Exits with 1 when the hub refuses this handler, with 2 when
        it is set up wrongly; the log, on stderr unless `logging` is configured, has the reason."""
        run_program(self, PeerLog(f"handler/{self.name}"))

    async def serve(self) -> None:
        """As `run`, in an event loop of yours: raises Refused or SetUpWrongly, and leaves signals
        and logging alone. When it is cancelled it drops what is held."""
        self._running = Running(
            self._hello(),
            self.routes,
            self._hub,
            PeerLog(f"handler/{self.name}"),
            self._tell_posted if self._on_posted else None,
            self.store,
        )
        try:
            await self._running.serve(
                lambda channel: HandlersStub(channel).Attach  # type: ignore[no-untyped-call]
            )
        finally:
            self._running = None
            await self._hub_calls.close()

    def stop(self) -> None:
        """Ends `serve` as SIGTERM does `run`: takes nothing new, finishes what is held."""
        if self._running is not None:
            self._running.stop()

    async def list_routes(self, message: Message, search: str = "") -> Sequence[RouteListing]:
        """What the user of `message` can use where it was said; `search` narrows it."""
        request = wire.ListRoutesRequest(
            user=message.event.user, conversation=message.event.conversation, search=clean(search)
        )
        response = await self._calls.unary(HandlersStub, "ListRoutes", request)
        return [RouteListing.from_wire(listing) for listing in response.routes]

    def _hello(self) -> wire.HandlerHello:
        return wire.HandlerHello(
            name=self.name,
            revision=self._revision,
            routes=[route.wire for route in self.routes.values()],
            maximum_in_flight=self._maximum_in_flight,
        )

    async def _tell_posted(self, posted: wire.Posted) -> None:
        if self._on_posted is not None:
            await self._on_posted(Posted.from_wire(posted))

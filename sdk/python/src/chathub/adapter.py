"""An adapter: plugs a chat service in. Start here when writing one."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence

from chathub._adapter_session import AdapterSession
from chathub._done_memory import DoneMemory
from chathub._lifeline import Lifeline
from chathub._log import PeerLog
from chathub._names import check_name
from chathub._outbox import Outbox
from chathub._outgoing import ITEM_BYTES
from chathub._run import run_program
from chathub._times import Seconds, to_datetime, to_duration, to_seconds
from chathub._wire import clean, number
from chathub.conversation import Room, User
from chathub.hub_address import HubOptions
from chathub.problem import Reason
from chathub.v1 import adapters_pb2 as wire
from chathub.v1 import message_pb2, problem_pb2
from chathub.v1.adapters_pb2_grpc import AdaptersStub

_LAST_PATIENCE = 1.0


class OrderResult:
    """Tells what became of an order's actions, one after the other. Actions that it is not told
    about count as done, unless one before them failed."""

    def __init__(self, order: wire.Order) -> None:
        self._order = order
        self._results: list[message_pb2.ActionResult] = []
        self.failed = False

    def done(self, platform_ids: Iterable[str] = ()) -> None:
        """The next action is done; with the ids of the messages that it made, by which they can be
        edited."""
        self._results.append(message_pb2.ActionResult(platform_ids=platform_ids))

    def fail(self, reason: Reason, detail: str) -> None:
        """The next action failed; do none of those behind it."""
        if not self.failed:
            self.failed = True
            problem = problem_pb2.Problem(reason=number(reason), detail=clean(detail))
            self._results.append(message_pb2.ActionResult(problem=problem))

    def to_wire(self) -> wire.Done:
        while not self.failed and len(self._results) < len(self._order.actions):
            self.done()
        return wire.Done(key=self._order.key, results=self._results)


OrderFunction = Callable[[wire.Order, OrderResult], Awaitable[object]]
AttachedFunction = Callable[[wire.AdapterHelloOk], Awaitable[object]]


class Adapter:
    """Set its functions, then `run` it, or `serve` beside what reads from the chat service. The
    functions are called one at a time, in order. Everything happens on one event loop."""

    def __init__(
        self,
        name: str,
        *,
        hub: HubOptions | None = None,
        service: str = "",
        capabilities: wire.Capabilities | None = None,
        own_user_id: str = "",
        mention_names: Sequence[str] = (),
        dedup: wire.Dedup = wire.DEDUP_UNSPECIFIED,
        outbox_events: int = 10_000,
        outbox_bytes: int = 16 * 1024 * 1024,
        remembered_orders: int = 10_000,
    ) -> None:
        """`name`: [A-Za-z0-9][A-Za-z0-9._-]{0,63}; ids of users and rooms begin with it and '/'.

        `service`: for people, for example "IRC". `own_user_id`: of the bot itself, whose messages
        match no route; empty: unknown. `mention_names`: how users call the bot, without '@'.
        `dedup`: DEDUP_SERVICE if the chat service itself refuses an order's key that it has seen.
        `outbox_...`: how much waits for the hub at most; the oldest events go first.
        `remembered_orders`: how many are answered from memory when the hub repeats them; at least
        10,000.
        """
        check_name("an adapter", name)
        self.name = name
        self._hub = hub or HubOptions()
        self._log = PeerLog(f"adapter/{name}")
        self._on_order: OrderFunction | None = None
        self._on_attached: AttachedFunction | None = None
        self._work: asyncio.Queue[Callable[[], Awaitable[None]]] | None = None
        self._lifeline: Lifeline | None = None
        self._waiting: set[asyncio.Event] = set()
        self._ended = False
        self._session = AdapterSession(
            wire.AdapterHello(
                name=name,
                epoch=secrets.token_hex(16),
                incarnation=secrets.token_hex(16),
                dedup=dedup,
                service=service,
                capabilities=capabilities or wire.Capabilities(),
                own_user_id=own_user_id,
                mention_names=mention_names,
            ),
            self._log,
            outbox=Outbox(max(outbox_events, 1), outbox_bytes),
            memory=DoneMemory(max(remembered_orders, 10_000)),
            on_order=lambda order: self._enqueue(lambda: self._do_order(order)),
            on_attached=lambda ok: self._enqueue(lambda: self._tell_attached(ok)),
            on_progress=self._wake,
        )

    def on_order(self, function: OrderFunction) -> OrderFunction:
        """Calls it for every order: `async def function(order, result)` does everything in it and
        tells the OrderResult. Messages named by the key they were posted under are already named by
        platform_id; one that still has `posted` is not known any more."""
        self._on_order = function
        return function

    def on_attached(self, function: AttachedFunction) -> AttachedFunction:
        """Calls it when the hub has greeted us, for the first time or again, with chathub.v1's
        AdapterHelloOk: the rooms to be joined and where to go on reading."""
        self._on_attached = function
        return function

    # Its life.

    def run(self) -> None:
        """Attaches to the hub, waits for it where it is not there yet, and comes back after every
        failure. Returns after SIGTERM, Ctrl-C or `stop`; exits with 1 when the hub refuses this
        adapter, with 2 when it is set up wrongly; the log has the reason."""
        run_program(self, self._log)

    async def serve(self) -> None:
        """As `run`, in an event loop of yours: raises Refused or SetUpWrongly, and leaves signals
        and logging alone."""
        self._ended = False
        self._work = asyncio.Queue()
        working = asyncio.create_task(self._do_work(self._work))
        self._lifeline = Lifeline(
            self._session,
            lambda channel: AdaptersStub(channel).Attach,  # type: ignore[no-untyped-call]
            self._hub,
            self._log,
        )
        try:
            await self._lifeline.run()
        finally:
            self._lifeline = None
            self._ended = True
            self._wake()
            working.cancel()
            await asyncio.wait([working], timeout=_LAST_PATIENCE)

    def stop(self) -> None:
        """Says goodbye, lets the orders that are out be done (9 s at most) and ends `serve`."""
        if self._lifeline is not None:
            self._lifeline.stop()

    # What it says.

    def emit(
        self,
        event: message_pb2.Event,
        *,
        service_event_id: str = "",
        cursor: str = "",
        age: Seconds = 0,
    ) -> int:
        """Takes an event; it is sent when the hub is there, and again until the hub has accepted
        it. Returns its number. The conversation's adapter may be left out.

        `service_event_id`: the chat service's own id of the event, by which the hub knows it when
        it comes again. `cursor`: where to go on reading after a restart. `age`: how long ago it
        happened. ValueError: larger than 256 KiB.
        """
        item = wire.AdapterEvent(
            service_event_id=service_event_id,
            cursor=cursor,
            age=to_duration(to_seconds(age)),
            event=event,
        )
        if not item.event.conversation.adapter:
            item.event.conversation.adapter = self.name
        if item.ByteSize() + 64 > ITEM_BYTES:  # Its number, age and mark are still to come.
            raise ValueError("the event is larger than 256 KiB")
        return self._session.emit(item, asyncio.get_running_loop().time())

    async def wait_space(self, patience: float | None = None) -> bool:
        """Until the outbox is at most half full: for sources that can wait. False if that took
        longer than `patience` seconds, or if the adapter has ended."""
        return await self._wait_for(lambda: self._session.outbox.has_space, patience)

    async def wait_settled(self, patience: float | None = None) -> bool:
        """Until all that was emitted is finished, dead or expired, and its orders are done. False
        if that took longer than `patience` seconds, or if the adapter has ended."""
        last = self._session.ask_settled()
        return await self._wait_for(lambda: self._session.settled >= last, patience)

    def tell_users(self, users: Iterable[User]) -> None:
        """Who is there; best told again whenever attached."""
        self._session.tell(users=wire.UsersChanged(users=[user.to_wire() for user in users]))

    def tell_rooms(self, rooms: Iterable[Room]) -> None:
        """What rooms there are; best told again whenever attached."""
        self._session.tell(rooms=wire.RoomsChanged(rooms=[room.to_wire() for room in rooms]))

    def rename(self, own_user_id: str, mention_names: Iterable[str]) -> None:
        """The bot is called otherwise now."""
        self._session.rename(own_user_id, mention_names)

    # What it does.

    def _enqueue(self, work: Callable[[], Awaitable[None]]) -> None:
        assert self._work is not None, "only a served adapter hears the hub"
        self._work.put_nowait(work)

    async def _do_work(self, works: asyncio.Queue[Callable[[], Awaitable[None]]]) -> None:
        while True:
            work = await works.get()
            await work()

    async def _tell_attached(self, ok: wire.AdapterHelloOk) -> None:
        if self._on_attached is not None:
            try:
                await self._on_attached(ok)
            except Exception:  # noqa: BLE001, whatever the author's function does
                self._log.exception("the function for the greeting raised")

    async def _do_order(self, order: wire.Order) -> None:
        self._session.memory.resolve(order)
        result = OrderResult(order)
        if order.HasField("expires_at") and to_datetime(order.expires_at).timestamp() < time.time():
            result.fail(Reason.EXPIRED, "the order came too late")
        elif self._on_order is None:
            result.fail(Reason.UNSUPPORTED, "this adapter only listens")
        else:
            try:
                await self._on_order(order, result)
            except Exception as error:  # noqa: BLE001
                self._log.exception("the function for orders raised", extra={"order": order.key})
                result.fail(Reason.OUR_FAULT, str(error))
        self._session.done(result.to_wire())

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()

    async def _wait_for(self, reached: Callable[[], bool], patience: float | None) -> bool:
        loop = asyncio.get_running_loop()
        until = None if patience is None else loop.time() + patience
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            while not (reached() or self._ended):
                event.clear()
                left = None if until is None else until - loop.time()
                await asyncio.wait_for(event.wait(), left)
        except asyncio.TimeoutError:
            pass
        finally:
            self._waiting.discard(event)
        return reached()

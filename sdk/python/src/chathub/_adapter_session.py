"""An adapter's talk with the hub: events that go out, orders that come in.

Without tasks, sockets or clock: times are seconds of whatever clock the caller has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chathub._done_memory import DoneMemory
from chathub._log import PeerLog
from chathub._outbox import Outbox
from chathub._outgoing import FrameRoom, Outgoing
from chathub.v1 import adapters_pb2 as wire
from chathub.v1 import session_pb2


class AdapterSession:
    """Belongs to an Adapter and its Lifeline; lives on their event loop."""

    def __init__(
        self,
        hello: wire.AdapterHello,
        log: PeerLog,
        *,
        outbox: Outbox,
        memory: DoneMemory,
        on_order: Callable[[wire.Order], None],
        on_attached: Callable[[wire.AdapterHelloOk], None],
        on_progress: Callable[[], None],
    ) -> None:
        self.hello = hello
        self.outbox = outbox
        self.memory = memory
        self.changed: Callable[[], object] = lambda: None
        """Called whenever there may be something to say."""
        self.attached = False
        self.settled = 0
        """Everything up to this seq is finished, dead or expired, and its orders are done."""
        self._log = log
        self._on_order = on_order
        self._on_attached = on_attached
        self._on_progress = on_progress
        self._leaving = False
        self._outgoing: Outgoing[wire.AdapterItem] = Outgoing()
        self._hub = ""
        self._asked = 0
        self._ask_settled = False  # still to be said on this stream
        self._renamed = False  # since the first hello of this stream, before its answer
        self._in_hand: set[str] = set()  # keys of orders that are not done

    # The stream.

    def opened(self, now: float) -> None:
        self.attached = False
        self._renamed = False
        self.outbox.rewind()
        self._say_hello()

    def closed(self, now: float) -> None:
        self.attached = False
        self._outgoing.take_all()
        self._ask_settled = False

    def hear(self, frame: wire.AdaptersAttachResponse, now: float) -> None:
        for command in frame.items:
            kind = command.WhichOneof("kind")
            if kind == "hello_ok":
                self._hear_hello_ok(command.hello_ok)
            elif kind == "accepted":
                self.outbox.accept(command.accepted.up_to)
                self._on_progress()
                self.changed()
            elif kind == "settled":
                self.settled = max(self.settled, command.settled.up_to)
                self._on_progress()
            elif kind == "order":
                self._hear_order(command.order)
            elif kind == "ping":
                self._add(pong=session_pb2.Pong(nonce=command.ping.nonce))
            elif kind == "draining":
                self._log.info("the hub is going away")

    def fill(self, now: float) -> wire.AdaptersAttachRequest | None:
        """The next frame; None: there is nothing to say."""
        room = FrameRoom()
        items = self._outgoing.fill(room)
        if self.attached and not self._outgoing:
            items += self._gap()
            items += self.outbox.fill(room, now)
            if self._ask_settled and self.outbox.all_said:
                self._ask_settled = False
                items.append(wire.AdapterItem(await_settled={"up_to": self._asked}))
        return wire.AdaptersAttachRequest(items=items) if items else None

    def tick(self, now: float) -> None:
        """Nothing that an adapter says depends on the time."""

    def next_wake(self) -> float | None:
        return None

    def leave(self) -> None:
        """The hub ends the stream, when the orders that are out are done."""
        if not self._leaving:
            self._leaving = True
            self.tell(leaving=session_pb2.Leaving())

    def greeting(self) -> str:
        return f"attached to {self._hub or 'the hub'}"

    # What the hub says.

    def _hear_hello_ok(self, ok: wire.AdapterHelloOk) -> None:
        if self.attached:
            return  # The answer to a repeated hello brings nothing new.
        self.attached = True
        self._hub = ok.hub
        if self._renamed:
            self._say_hello()
        self.outbox.accept(ok.accepted)
        self._skip_forgotten(ok.accepted + 1)
        self._ask_settled = self.settled < self._asked
        self._on_attached(ok)
        self._on_progress()
        self.changed()

    def _skip_forgotten(self, expected: int) -> None:
        """A hub that lost its memory, or missed what the outbox could not keep, is told where to go
        on."""
        following = self.outbox.oldest or self.outbox.last + 1
        if expected < following:
            until = following - 1
            self._log.warning(f"events {expected} to {until} are not known to this hub")
            self._add(gap=wire.Gap(**{"from": expected, "to": until}))

    def _hear_order(self, order: wire.Order) -> None:
        done = self.memory.find(order.key)
        if done is not None:
            self._add(done=done)
        elif order.key not in self._in_hand:
            # In hand already: its Done will be the answer to a repeated one too.
            self._in_hand.add(order.key)
            self._on_order(order)

    # What the adapter says.

    def emit(self, event: wire.AdapterEvent, now: float) -> int:
        """Its seq."""
        seq = self.outbox.add(event, now)
        self.changed()
        return seq

    def done(self, done: wire.Done) -> None:
        self._in_hand.discard(done.key)
        self.memory.add(done)
        # On a new stream the hub sends the order again, and gets the remembered answer.
        self.tell(done=done)

    def tell(self, **kind: object) -> None:
        """Something that is said now or never."""
        if self.attached:
            self._add(**kind)

    def rename(self, own_user_id: str, mention_names: Iterable[str]) -> None:
        """Says the hello again with this in it."""
        self.hello.own_user_id = own_user_id
        self.hello.mention_names[:] = mention_names
        self._renamed = True
        if self.attached:
            self._say_hello()

    def ask_settled(self) -> int:
        """Asks to hear when all that was emitted so far is settled: when `settled` has reached this
        seq."""
        if self._asked != self.outbox.last:
            self._asked = self.outbox.last
            self._ask_settled = self.attached
            self.changed()
        return self._asked

    def _gap(self) -> list[wire.AdapterItem]:
        gap = self.outbox.take_gap()
        if gap is None:
            return []
        first = getattr(gap, "from")
        self._log.warning(f"lost events {first} to {gap.to}: the hub is too slow")
        return [wire.AdapterItem(gap=gap)]

    def _say_hello(self) -> None:
        hello = wire.AdapterHello()
        hello.CopyFrom(self.hello)
        hello.oldest_unaccepted = self.outbox.oldest
        self._add(hello=hello)

    def _add(self, **kind: object) -> None:
        self._outgoing.add(wire.AdapterItem(**kind))  # type: ignore[arg-type]
        self.changed()

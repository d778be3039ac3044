"""A handler's talk with the hub: what is held, what may run, what is to be said.

Without tasks, sockets or clock: times are seconds of whatever clock the caller has.
"""

from __future__ import annotations

from collections.abc import Callable

from chathub._held import Answer, Held
from chathub._jobs import Job, JobQueue, Turn
from chathub._log import PeerLog
from chathub._outgoing import ITEM_BYTES, FrameRoom, Outgoing
from chathub._times import seconds_of, to_duration
from chathub._wire import clean
from chathub.v1 import handlers_pb2 as wire
from chathub.v1 import message_pb2, session_pb2

# How long after a break the hub still knows this instance by its token.
_RETURN_WITHIN = 1.0
# How often a function runs again because a value that it had read was changed meanwhile.
_RERUNS = 5


class HandlerSession:
    """Belongs to a Handler and its Lifeline; lives on their event loop."""

    Frame = wire.HandlersAttachRequest

    def __init__(
        self,
        hello: wire.HandlerHello,
        log: PeerLog,
        *,
        is_free: Callable[[str], bool],
        begin: Callable[[Job], None],
        on_posted: Callable[[wire.Posted], None],
    ) -> None:
        self.hello = hello
        self.changed: Callable[[], object] = lambda: None
        """Called whenever there may be something to say."""
        self.attached = False
        self._log = log
        self._is_free = is_free
        self._on_posted = on_posted
        self._held: dict[str, Held] = {}
        self._jobs = JobQueue(begin)
        # Of the stream.
        self._draining = False
        self._leaving = False
        self._outgoing: Outgoing[wire.HandlerItem] = Outgoing()
        self._renew_at: float | None = None
        # Of the instance.
        self._greeting = wire.HandlerHelloOk()
        self._broken_at: float | None = None
        self._lease = 10.0

    # The stream.

    def opened(self, now: float) -> None:
        self.attached = self._draining = False
        hello = wire.HandlerHello()
        hello.CopyFrom(self.hello)
        if self._broken_at is not None and now - self._broken_at < _RETURN_WITHIN:
            hello.instance_token = self._greeting.instance_token
            for held in self._held.values():
                hello.holding.add(delivery=held.delivery.id, attempt=held.delivery.attempt)
        else:
            self.drop_all("the hub has given it to others meanwhile")
        self._add(hello=hello)

    def closed(self, now: float) -> None:
        if self.attached:
            self._broken_at = None if self._draining else now
        self.attached = False
        self._renew_at = None
        for item in self._outgoing.take_all():
            if item.HasField("say") and item.say.delivery in self._held:
                self._held[item.say.delivery].unsaid.append(item)

    def hear(self, frame: wire.HandlersAttachResponse, now: float) -> None:
        for command in frame.items:
            kind = command.WhichOneof("kind")
            if kind == "hello_ok":
                self._hear_hello_ok(command.hello_ok, now)
            elif kind == "delivery":
                self._hear_delivery(command.delivery, now)
            elif kind == "finish_result":
                self._hear_finish_result(command.finish_result, now)
            elif kind == "cancel":
                self._hear_cancel(command.cancel)
            elif kind == "posted":
                self._on_posted(command.posted)
            elif kind == "ping":
                self._add(pong=session_pb2.Pong(nonce=command.ping.nonce))
            elif kind == "draining":
                self._draining = True
                self._log.info("the hub is going away")

    def fill(self, now: float) -> wire.HandlersAttachRequest | None:
        """The next frame; None: there is nothing to say."""
        items = self._outgoing.fill(FrameRoom())
        return self.Frame(items=items) if items else None

    def leave(self) -> None:
        """The hub gives nothing new, and ends the stream when nothing is held any more. Until then
        all that comes is served: it was on its way."""
        if not self._leaving:
            self._leaving = True
            if self.attached:
                self._add(leaving=session_pb2.Leaving())

    def greeting(self) -> str:
        count = len(self.hello.routes)
        routes = f"{count} route" if count == 1 else f"{count} routes"
        return f"attached to {self._greeting.hub or 'the hub'} with {routes}"

    # Time.

    def tick(self, now: float) -> None:
        if not self.attached:
            return
        if self._renew_at is not None and self._renew_at <= now:
            self._renew(now)
        for held in self._held.values():
            if held.say_again_at is not None and held.say_again_at <= now:
                held.say_again_at = None
                self._say_finish(held)

    def next_wake(self) -> float | None:
        if not self.attached:
            return None
        wakes = [self._renew_at, *(held.say_again_at for held in self._held.values())]
        return min((wake for wake in wakes if wake is not None), default=None)

    def _renew(self, now: float) -> None:
        self._renew_at = None
        if self._held:
            self._add(renew=wire.Renew(deliveries=list(self._held)))
            self._renew_at = now + self._lease / 3

    # What the hub says.

    def _hear_hello_ok(self, ok: wire.HandlerHelloOk, now: float) -> None:
        self.attached = True
        self._greeting = ok
        if ok.HasField("lease"):
            self._lease = seconds_of(ok.lease)
        agreed = {(holding.delivery, holding.attempt) for holding in ok.holding}
        for held in list(self._held.values()):
            if (held.delivery.id, held.delivery.attempt) in agreed:
                self._say_again(held)
            else:
                self._drop(held.delivery.id)
        if self._held:
            self._renew_at = now + self._lease / 3
        for collision in ok.collisions:
            self._log.warning(
                f"route {collision.route} waits for the same ({collision.trigger}) as "
                f"{collision.other_handler}/{collision.other_route}"
            )

    def _say_again(self, held: Held) -> None:
        unsaid, held.unsaid = held.unsaid, []
        for item in unsaid:
            self._add_item(item)
        if held.finish is not None and held.say_again_at is None:
            self._say_finish(held)

    def _hear_delivery(self, delivery: wire.Delivery, now: float) -> None:
        # A later attempt of what is still here: the earlier one counts no more.
        self._drop(delivery.id)
        held = self._held[delivery.id] = Held(delivery, now)
        self._queue(held, Turn.LAST)
        if self._renew_at is None:
            self._renew_at = now + self._lease / 3
            self.changed()

    def _hear_finish_result(self, result: wire.FinishResult, now: float) -> None:
        held = self._held.get(result.delivery)
        if held is None or held.finish is None:
            return
        if result.outcome == wire.FINISH_OUTCOME_CONFLICT:
            self._run_again(held, result.conflict.key)
        elif result.outcome != wire.FINISH_OUTCOME_REFUSED:
            if result.outcome == wire.FINISH_OUTCOME_STALE:
                text = f"too late with the answer to {result.delivery}; nobody hears it"
                self._log.warning(text, extra=held.place)
            self._forget(result.delivery)
        elif result.problem.HasField("retry_after"):
            held.say_again_at = now + seconds_of(result.problem.retry_after)
            self.changed()
        else:
            self._give_up(held, f"the answer was refused: {result.problem.detail}")

    def _hear_cancel(self, cancel: wire.Cancel) -> None:
        held = self._held.get(cancel.delivery)
        if held is None or held.delivery.attempt > cancel.attempt:
            return
        self._log.info(f"cancelled: {cancel.delivery} ({cancel.problem.detail})", extra=held.place)
        self._drop(cancel.delivery)

    # What the functions say.

    def returned(self, job: Job, answer: Answer) -> None:
        """The function of this job has ended."""
        if held := self._held_for(job):
            self._finish(held, answer)
        self._jobs.returned(job)

    def say(self, job: Job, key: str, action: message_pb2.Action) -> None:
        """Progress of a running job. Nothing happens if it was cancelled meanwhile."""
        held = self._held_for(job)
        if held is None:
            return
        say = wire.Say(delivery=held.delivery.id, attempt=held.delivery.attempt, key=key)
        say.actions.append(action)
        item = wire.HandlerItem(say=say)
        if item.ByteSize() > ITEM_BYTES:
            self._log.error(f"not said for {say.delivery}: larger than 256 KiB")
        elif self.attached:
            self._add_item(item)
        else:
            held.unsaid.append(item)

    def drop_all(self, why: str) -> None:
        """Forgets all that is held; functions that still run are cancelled."""
        if self._held:
            self._log.warning(f"dropped {len(self._held)} in hand: {why}")
        for delivery in list(self._held):
            self._drop(delivery)

    def _held_for(self, job: Job) -> Held | None:
        held = self._held.get(job.delivery.id)
        return held if held is not None and held.job is job and not job.returned else None

    def _queue(self, held: Held, turn: Turn) -> None:
        held.finish = None
        free = self._is_free(held.delivery.route)
        held.job = self._jobs.add(held.delivery, Turn.FREE if free else turn, held.since)

    def _finish(self, held: Held, answer: Answer) -> None:
        if answer.gave_up is not None:
            self._give_up(held, answer.gave_up, answer.retry_after)
            return
        finish = wire.Finish(
            delivery=held.delivery.id,
            attempt=held.delivery.attempt,
            actions=answer.actions,
            store_writes=answer.store_writes,
        )
        if finish.ByteSize() + 16 > ITEM_BYTES:
            self._give_up(held, "the answer is larger than 256 KiB")
            return
        held.finish = finish
        self._say_finish(held)

    def _say_finish(self, held: Held) -> None:
        if self.attached:
            self._add(finish=held.finish)

    def _run_again(self, held: Held, key: str) -> None:
        if held.reruns == _RERUNS:
            self._give_up(held, f"somebody else kept changing {key}")
        else:
            held.reruns += 1
            self._queue(held, Turn.FIRST)

    def _give_up(self, held: Held, why: str, retry_after: float = 0.0) -> None:
        delivery = held.delivery
        nack = wire.Nack(delivery=delivery.id, attempt=delivery.attempt, why=clean(why)[:250])
        if retry_after > 0:
            nack.retry_after.CopyFrom(to_duration(retry_after))
        text = f"gave up {delivery.id}, attempt {delivery.attempt}: {nack.why}"
        self._log.warning(text, extra=held.place)
        self._forget(delivery.id)
        if self.attached:
            self._add(nack=nack)

    def _drop(self, delivery: str) -> None:
        held = self._held.get(delivery)
        if held is not None:
            self._forget(delivery)
            if held.job is not None:
                held.job.cancel()

    def _forget(self, delivery: str) -> None:
        del self._held[delivery]

    def _add(self, **kind: object) -> None:
        self._add_item(wire.HandlerItem(**kind))  # type: ignore[arg-type]

    def _add_item(self, item: wire.HandlerItem) -> None:
        self._outgoing.add(item)
        self.changed()

"""Keeps a session attached to the hub: finds the hub, opens stream after stream, ticks, stops."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import grpc
import grpc.aio

from chathub._backoff import Backoff
from chathub._channel import error_of, is_final, metadata_of, open_channel, problem_of
from chathub._log import PeerLog
from chathub.hub_address import HubAddress, HubOptions, NotRunning, find_hub
from chathub.problem import Refused

# How long a stop may take.
_PATIENCE = 9.0
# A hub that greets and breaks at once, again and again, is not to be run against.
_A_WHILE = 1.0


class Session(Protocol):
    """The talk itself, without tasks, sockets or clock."""

    changed: Callable[[], object]
    attached: bool
    """The hub has greeted us on this stream."""

    def opened(self, now: float) -> None: ...
    def hear(self, frame: Any, now: float) -> None: ...
    def closed(self, now: float) -> None: ...
    def fill(self, now: float) -> Any: ...
    def tick(self, now: float) -> None: ...
    def next_wake(self) -> float | None: ...
    def leave(self) -> None: ...
    def greeting(self) -> str: ...


class Lifeline:
    """Gives a session a stream and time. Made and used on one event loop."""

    def __init__(
        self,
        session: Session,
        attach: Callable[[grpc.aio.Channel], Any],
        hub: HubOptions,
        log: PeerLog,
    ) -> None:
        self._session = session
        self._attach = attach
        self._hub = hub
        self._log = log
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        session.changed = self._changed.set
        self._stopping = asyncio.Event()
        self._listening: asyncio.Task[Any] | None = None
        self._attached_at: float | None = None
        self._said_waiting = False

    async def run(self) -> None:
        """Until stopped. Raises Refused or SetUpWrongly."""
        backoff = Backoff()
        while not self._stopping.is_set():
            try:
                await self._talk_over(find_hub(self._hub))
            except NotRunning as error:
                self._say_once(f"{error}; waiting for it")
            if self._held_for_a_while():
                backoff.reset()
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), backoff.next())

    def stop(self) -> None:
        """Lets the session take its leave; run() returns when the hub has ended the stream, or when it
        is out of patience."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._session.leave()
        self._changed.set()
        if self._listening is not None:
            # A hub that has not greeted us holds nothing of ours.
            patience = _PATIENCE if self._session.attached else 0
            self._loop.call_later(patience, self._listening.cancel)

    async def _talk_over(self, address: HubAddress) -> None:
        """From the first word to the last on one stream."""
        channel = open_channel(address, self._hub)
        call = self._attach(channel)(metadata=metadata_of(address))
        self._session.opened(self._loop.time())
        self._listening = listening = asyncio.create_task(self._listen(call))
        speaking = asyncio.create_task(self._speak(call))
        # Only a fault of ours raises in it; the listener must not wait for ever then.
        speaking.add_done_callback(
            lambda task: listening.cancel() if not task.cancelled() and task.exception() else None
        )
        try:
            await asyncio.wait([listening])
        finally:
            self._listening = None
            for task in (listening, speaking):
                task.cancel()
            call.cancel()
            await asyncio.wait([listening, speaking])
            self._session.closed(self._loop.time())
            await channel.close()
        if not speaking.cancelled():
            speaking.result()
        # It is cancelled by stop() alone, which waits for no status.
        error = None if listening.cancelled() else listening.result()
        if not self._stopping.is_set():
            self._judge(address, error)

    async def _listen(self, call: Any) -> grpc.aio.AioRpcError | None:
        """Until the stream ends; how it ended, None for OK."""
        try:
            while (frame := await call.read()) is not grpc.aio.EOF:
                self._session.hear(frame, self._loop.time())
                self._greet()
        except grpc.aio.AioRpcError as error:
            return error
        return None

    async def _speak(self, call: Any) -> None:
        """Everything that happened in one turn of the loop goes into the same frame."""
        while True:
            await self._wait_for_change()
            self._session.tick(self._loop.time())
            while (frame := self._session.fill(self._loop.time())) is not None:
                try:
                    await call.write(frame)
                except (grpc.aio.AioRpcError, asyncio.InvalidStateError):
                    return  # The reader hears why.

    async def _wait_for_change(self) -> None:
        wake = self._session.next_wake()
        timer = None if wake is None else self._loop.call_at(wake, self._changed.set)
        try:
            await self._changed.wait()
        finally:
            if timer is not None:
                timer.cancel()
        self._changed.clear()

    def _greet(self) -> None:
        if self._attached_at is None and self._session.attached:
            self._attached_at = self._loop.time()
            self._said_waiting = False
            self._log.info(self._session.greeting())

    def _judge(self, address: HubAddress, error: grpc.aio.AioRpcError | None) -> None:
        problem = None if error is None else error_of(error)
        if error is not None and problem is not None and is_final(error.code()):
            raise Refused(problem.detail, problem.reason, problem.retry_after)
        why = "it closed the stream" if problem is None else problem.detail
        if self._attached_at is not None:
            self._log.warning(f"lost the hub ({why}); trying again")
        elif error is not None and problem_of(error.trailing_metadata()) is not None:
            self._say_once(f"the hub does not take us now ({why}); trying again")
        else:
            self._say_once(f"no hub at {address.target} ({why}); waiting for it")

    def _held_for_a_while(self) -> bool:
        since, self._attached_at = self._attached_at, None
        return since is not None and self._loop.time() - since >= _A_WHILE

    def _say_once(self, text: str) -> None:
        if not self._said_waiting:
            self._said_waiting = True
            self._log.warning(text)

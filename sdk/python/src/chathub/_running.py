"""A handler while it runs: the session, the line to the hub, and the tasks of its functions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import grpc.aio

from chathub._handler_session import HandlerSession
from chathub._held import Answer
from chathub._jobs import Job
from chathub._lifeline import Lifeline
from chathub._log import PeerLog
from chathub._routes import Route
from chathub.hub_address import HubOptions
from chathub.message import Message
from chathub.problem import Retry
from chathub.store import Store
from chathub.v1 import handlers_pb2 as wire

# How long after the end of the talk a function may take to notice it. Seconds.
_LAST_PATIENCE = 1.0


class Running:
    """Belongs to a Handler, from one call of serve() to its end."""

    def __init__(
        self,
        hello: wire.HandlerHello,
        routes: Mapping[str, Route],
        hub: HubOptions,
        log: PeerLog,
        tell_posted: Callable[[wire.Posted], Awaitable[object]] | None,
        store: Store,
    ) -> None:
        self._routes = routes
        self._hub = hub
        self._log = log
        self._tell_posted = tell_posted
        self._store = store
        self._tasks: set[asyncio.Task[Any]] = set()
        self._lifeline: Lifeline | None = None
        self._session = HandlerSession(
            hello, log, is_free=self._is_free, begin=self._begin, on_posted=self._hear_posted
        )

    async def serve(self, attach: Callable[[grpc.aio.Channel], Any]) -> None:
        self._lifeline = Lifeline(self._session, attach, self._hub, self._log)
        try:
            await self._lifeline.run()
        finally:
            self._session.drop_all("this handler ends")
            await self._end_tasks()

    def stop(self) -> None:
        if self._lifeline is not None:
            self._lifeline.stop()

    def _is_free(self, route: str) -> bool:
        return route in self._routes and self._routes[route].free

    def _begin(self, job: Job) -> None:
        task = self._spawn(self._answer(job))
        job.when_cancelled = task.cancel
        # Not at the end of the coroutine: one that is cancelled before it began has no end.
        task.add_done_callback(lambda task: self._session.returned(job, self._result(task)))

    def _result(self, task: asyncio.Task[Answer]) -> Answer:
        if task.cancelled():
            return Answer(gave_up="the function was cancelled")
        return task.result()

    async def _answer(self, job: Job) -> Answer:
        """Runs the function of a job. Raises nothing but CancelledError."""
        delivery = job.delivery
        route = self._routes.get(delivery.route)
        if route is None:
            return Answer(gave_up=f'this instance has no route "{delivery.route}"')
        say = partial(self._session.say, job)
        message = Message(delivery, say, self._store, job.since)
        try:
            await route.call(message)
            return message._answer()
        except Retry as retry:
            return Answer(gave_up=str(retry), retry_after=retry.after)
        except Exception as error:  # noqa: BLE001, whatever the author's function does
            place = {"delivery": delivery.id, "attempt": delivery.attempt}
            self._log.exception(f"the function of {delivery.route} raised", extra=place)
            return Answer(gave_up=f"the function raised {type(error).__name__}: {error}")

    def _hear_posted(self, posted: wire.Posted) -> None:
        if self._tell_posted is not None:
            self._spawn(self._tell(self._tell_posted(posted)))

    async def _tell(self, telling: Awaitable[object]) -> None:
        try:
            await telling
        except Exception:  # noqa: BLE001
            self._log.exception("the function for Posted raised")

    def _spawn(self, work: Any) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _end_tasks(self) -> None:
        if not self._tasks:
            return
        _, left = await asyncio.wait(self._tasks, timeout=_LAST_PATIENCE)
        if left:
            self._log.error(f"left behind {len(left)} functions that do not return")

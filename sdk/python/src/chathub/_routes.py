"""The routes of a handler and the functions behind them."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from google.protobuf.duration_pb2 import Duration

from chathub._captures import Captures, arguments_from, name_of, names_in
from chathub._names import check_name, is_name
from chathub._wire import clean, number
from chathub.message import Message
from chathub.route import Argument, EventKind, RouteOptions, route_to_wire
from chathub.v1 import handlers_pb2

Function = Callable[..., Awaitable[object]]
"""`async def function(message, ...)`, with captures as further parameters."""


class Route(NamedTuple):
    """A route as the hub gets it, and what is to be called for its messages."""

    wire: handlers_pb2.Route
    function: Function
    captures: Captures
    free: bool

    @property
    def deadline(self) -> Duration:
        """The user's patience: the route's own, else the hub's default of 30 s."""
        own = self.wire.HasField("deadline")
        return self.wire.deadline if own else Duration(seconds=30)

    async def call(self, message: Message) -> None:
        await self.function(message, **self.captures.of(message.delivery.captures))


class Routes(dict[str, Route]):
    """By id. What is wrong with a function or an id is a TypeError or ValueError at once; what is
    wrong with a pattern is the hub's to say."""

    def add_pattern(
        self, pattern: str, function: Function, free: bool, options: RouteOptions
    ) -> None:
        route = self._new_route(function, options)
        route.pattern = pattern
        self._add(Route(route, function, Captures(function, names_in(pattern)), free))

    def add_command(
        self,
        word: str,
        function: Function,
        arguments: Sequence[Argument] | None,
        free: bool,
        options: RouteOptions,
    ) -> None:
        if arguments is None:
            arguments = arguments_from(function)
        options = {"addressed_only": True, **options}
        if is_name(word):
            options = {"id": word, **options}
        route = self._new_route(function, options)
        route.command.word = word
        route.command.arguments.extend(argument.to_wire() for argument in arguments)
        names = ["rest", *(argument.name for argument in arguments)]
        self._add(Route(route, function, Captures(function, names, arguments), free))

    def add_event(
        self, kind: EventKind, function: Function, free: bool, options: RouteOptions
    ) -> None:
        route = self._new_route(function, options)
        route.event = number(kind)
        self._add(Route(route, function, Captures(function, ()), free))

    def _new_route(self, function: Function, options: RouteOptions) -> handlers_pb2.Route:
        if not _is_async(function):
            raise TypeError(f"{name_of(function)} is not async: write `async def`")
        docstring = clean(inspect.getdoc(function) or "").split("\n", 1)[0]
        told: Any = {"description": docstring, **options}
        if "id" not in told:
            told["id"] = self._unused_id(function)
        return route_to_wire(**told)

    def _unused_id(self, function: Function) -> str:
        name = getattr(function, "__name__", "").strip("_")
        name = name if is_name(name) else "route"
        if name not in self:
            return name
        return next(id for n in range(2, len(self) + 3) if (id := f"{name}-{n}") not in self)

    def _add(self, route: Route) -> None:
        check_name("a route", route.wire.id)
        if route.wire.id in self:
            raise ValueError(f'two routes are called "{route.wire.id}"')
        self[route.wire.id] = route


def _is_async(function: Any) -> bool:
    call = getattr(function, "__call__", None)  # noqa: B004, an object may be a function too
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(call)

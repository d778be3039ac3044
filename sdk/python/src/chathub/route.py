"""What a handler waits for, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypedDict

from chathub._times import Seconds, to_duration
from chathub._wire import number
from chathub.v1 import handlers_pb2 as wire


class EventKind(IntEnum):
    """Numbered as chathub.v1.EventKind."""

    MESSAGE = 1
    EDITED = 2
    DELETED = 3
    REACTION = 4
    JOINED = 5
    LEFT = 6
    TOPIC = 7


class ArgumentType(IntEnum):
    """Numbered as chathub.v1.ArgumentType; behind it what the function gets."""

    WORD = 0
    """One word, or several in double quotes: str."""
    INTEGER = 1
    """A whole number of 64 bits: int."""
    NUMBER = 2
    """float."""
    BOOLEAN = 3
    """yes, no, true, false, on, off, 1, 0: bool."""
    REST = 4
    """Everything that is left, last by position: str."""


class Precedence(IntEnum):
    """Numbered as chathub.v1.Precedence."""

    NORMAL = 0
    """Every matching route gets the message."""
    EXCLUSIVE = 1
    """Nobody else may have the same trigger; where it matches, others get nothing."""
    FALLBACK = 2
    """Gets the message only when no other route matched."""


@dataclass(frozen=True)
class Argument:
    """One argument of a command, checked by the hub before the function is called."""

    name: str
    """The capture's name."""
    type: ArgumentType = ArgumentType.WORD
    required: bool = False
    option: bool = False
    """Given as `--name value` (`--name` alone for BOOLEAN) instead of by position."""
    help: str = ""

    def to_wire(self) -> wire.Argument:
        return wire.Argument(
            name=self.name,
            type=number(self.type),
            required=self.required,
            option=self.option,
            help=self.help,
        )


class RouteOptions(TypedDict, total=False):
    """What every route can be told, by keyword. Times are seconds or timedeltas."""

    id: str
    """Unique within the handler. Default: the command's word, else the function's name."""
    addressed_only: bool
    """Only what is said to the bot. Default: True for commands, False for others."""
    precedence: Precedence
    required_groups: Sequence[str]
    """The user must be in one of them; empty: everybody."""
    usage: str
    """What help shows, for example `roll NdM`."""
    description: str
    """One sentence. Default: the first line of the function's docstring."""
    hidden: bool
    max_age: Seconds
    """What was not handed out after this time is dead. The hub's default: 60 s for messages, 24 h
    for others."""
    linger: Seconds
    """Goes on matching for so long after the last instance left. The hub's default: 60 s."""
    deadline: Seconds
    """How long the user waits before the hub answers by itself. The hub's default: 30 s."""
    maximum_attempts: int
    """The hub's default: 3. 1: never again."""
    ordered: bool
    """A message to be tried again holds back those behind it in its conversation."""
    bots: bool
    """Hears bots too."""
    fallback_text: str
    """What the user hears when there is no answer in time. Default: the hub's own words."""


def route_to_wire(
    *,
    id: str = "",
    addressed_only: bool = False,
    precedence: Precedence = Precedence.NORMAL,
    required_groups: Sequence[str] = (),
    usage: str = "",
    description: str = "",
    hidden: bool = False,
    max_age: Seconds | None = None,
    linger: Seconds | None = None,
    deadline: Seconds | None = None,
    maximum_attempts: int = 0,
    ordered: bool = False,
    bots: bool = False,
    fallback_text: str = "",
) -> wire.Route:
    """Takes RouteOptions; its trigger is still to come."""
    if isinstance(required_groups, str):
        raise TypeError("required_groups is a list of names, not one name")
    return wire.Route(
        id=id,
        addressed_only=addressed_only,
        precedence=number(precedence),
        required_groups=required_groups,
        help=wire.Help(usage=usage, description=description, hidden=hidden),
        max_age=None if max_age is None else to_duration(max_age),
        linger=None if linger is None else to_duration(linger),
        deadline=None if deadline is None else to_duration(deadline),
        maximum_attempts=maximum_attempts,
        ordered=ordered,
        bots=bots,
        fallback_text=fallback_text,
    )


@dataclass(frozen=True)
class RouteListing:
    """What Handler.list_routes tells about a route of any handler."""

    handler: str
    id: str
    trigger: str
    """The command's word or the pattern; empty for events."""
    usage: str
    description: str
    hidden: bool
    attached: bool
    """An instance of the handler is attached now."""

    @classmethod
    def from_wire(cls, listing: wire.RouteListing) -> RouteListing:
        route = listing.route
        return cls(
            handler=listing.handler,
            id=route.id,
            trigger=route.command.word or route.pattern,
            usage=route.help.usage,
            description=route.help.description,
            hidden=route.help.hidden,
            attached=listing.attached,
        )

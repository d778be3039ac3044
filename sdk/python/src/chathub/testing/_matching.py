"""Which routes a message matches: the hub's rules, with Python's regular expressions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from chathub._routes import Route
from chathub._wire import number
from chathub.route import EventKind, Precedence
from chathub.testing._command_line import Misfit, read_arguments

# How much of a text a pattern sees, in bytes of UTF-8.
_SEEN = 8 * 1024


@dataclass(frozen=True)
class Question:
    """What happened."""

    kind: EventKind
    text: str
    addressed: bool
    bot: bool
    groups: Collection[str]


@dataclass
class Match:
    """A route that waits for it."""

    route: Route
    captures: dict[str, str] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    complaint: str = ""
    """The arguments of the command do not fit; the user hears this."""

    def has(self, precedence: Precedence) -> bool:
        return bool(self.route.wire.precedence == number(precedence))


def matches_of(routes: Mapping[str, Route], question: Question) -> list[Match]:
    """In the order in which the routes were registered."""
    tried = (_try(route, question) for route in routes.values() if _is_open(route, question))
    return _by_precedence([match for match in tried if match is not None], question)


def _is_open(route: Route, question: Question) -> bool:
    kind = route.wire.event or EventKind.MESSAGE
    wanted = set(route.wire.required_groups)
    return bool(
        kind == question.kind
        and (route.wire.bots or not question.bot)
        and (question.addressed or not route.wire.addressed_only)
        and (not wanted or wanted & set(question.groups))
    )


def _try(route: Route, question: Question) -> Match | None:
    trigger = route.wire.WhichOneof("trigger")
    if trigger == "pattern":
        return _try_pattern(route, question.text)
    if trigger == "command":
        return _try_command(route, question.text)
    return Match(route)


def _try_pattern(route: Route, text: str) -> Match | None:
    seen = text.encode()[:_SEEN].decode(errors="ignore")
    found = compile_pattern(route.wire.pattern).search(seen)
    if found is None:
        return None
    captures = {name: text for name, text in found.groupdict().items() if text is not None}
    return Match(route, captures, [found[0], *(text or "" for text in found.groups())])


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """RE2's other spellings are understood; ValueError where Python's `re` lacks something."""
    try:
        # \w, \d and \b are ASCII in RE2.
        return re.compile(pattern.replace("(?<", "(?P<").replace(r"\z", r"\Z"), re.ASCII)
    except re.error as error:
        raise ValueError(
            f"the test kit cannot match {pattern!r} with Python's re: {error}"
        ) from None


def _try_command(route: Route, text: str) -> Match | None:
    word, _, rest = text.strip().partition(" ")
    command = route.wire.command
    if word.casefold() != command.word.casefold():
        return None
    rest = rest.strip()
    try:
        captures = read_arguments(command.arguments, rest)
    except Misfit as misfit:
        usage = route.wire.help.usage or misfit.usage(command)
        return Match(route, complaint=f"{misfit} (usage: {usage})")
    return Match(route, {"rest": rest, **captures}, [text])


def _by_precedence(matches: list[Match], question: Question) -> list[Match]:
    exclusive = [m for m in matches if m.has(Precedence.EXCLUSIVE) and not m.complaint]
    if exclusive:
        return exclusive
    fit = [m for m in matches if not m.complaint]
    proper = [m for m in fit if not m.has(Precedence.FALLBACK)]
    if proper:
        return proper
    if question.addressed and not question.bot and len(fit) < len(matches):
        return _first_complaint(matches)
    return fit


def _first_complaint(matches: Iterable[Match]) -> list[Match]:
    return [next(match for match in matches if match.complaint)]

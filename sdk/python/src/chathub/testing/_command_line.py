"""Reads what a user typed behind a command word, as the hub does."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from chathub.route import ArgumentType
from chathub.v1 import handlers_pb2 as wire

_BOOLEANS = {
    **dict.fromkeys(("yes", "true", "on", "1"), "true"),
    **dict.fromkeys(("no", "false", "off", "0"), "false"),
}
_WORD = re.compile(r'"([^"]*)"|(\S+)')
_TYPE_NAMES = {
    ArgumentType.INTEGER: "a whole number",
    ArgumentType.NUMBER: "a number",
    ArgumentType.BOOLEAN: "yes or no",
}


class Misfit(Exception):  # noqa: N818
    """The text does not fit the arguments; str() says why."""

    def usage(self, command: wire.Command) -> str:
        return " ".join([command.word, *(_usage_of(argument) for argument in command.arguments)])


def read_arguments(arguments: Iterable[wire.Argument], rest: str) -> dict[str, str]:
    """The captures. Without arguments anything goes. Raises Misfit."""
    arguments = list(arguments)
    if not arguments:
        return {}
    return _Reading(arguments, rest).run()


class _Reading:
    """Used once."""

    def __init__(self, arguments: list[wire.Argument], rest: str) -> None:
        self._arguments = arguments
        self._positional = [argument for argument in arguments if not argument.option]
        self._options = {f"--{each.name}": each for each in arguments if each.option}
        self._options_ended = not self._options
        self._rest = rest
        self._captures: dict[str, str] = {}

    def run(self) -> dict[str, str]:
        while self._rest:
            self._step()
        for argument in sorted(self._arguments, key=lambda argument: bool(argument.option)):
            if argument.required and argument.name not in self._captures:
                name = f"--{argument.name}" if argument.option else f"<{argument.name}>"
                raise Misfit(f"{name} is missing")
        return self._captures

    def _step(self) -> None:
        if self._rest.startswith("--") and not self._options_ended:
            self._take_option(self._take_word())
        elif self._positional and self._positional[0].type == wire.ARGUMENT_TYPE_REST:
            self._captures[self._positional.pop(0).name] = self._rest
            self._rest = ""
        else:
            word = self._take_word()
            if not self._positional:
                raise Misfit(f'"{word}" is too much')
            self._keep(self._positional.pop(0), word)

    def _take_word(self) -> str:
        match = _WORD.match(self._rest)
        if match is None or (match[1] is None and match[2].startswith('"')):
            raise Misfit('a " is never closed')
        self._rest = self._rest[match.end() :].lstrip()
        return match[2] if match[1] is None else match[1]

    def _take_option(self, word: str) -> None:
        if word == "--":
            self._options_ended = True
            return
        option = self._options.get(word)
        if option is None:
            raise Misfit(f'there is no "{word}"')
        if option.name in self._captures:
            raise Misfit(f"{word} is there twice")
        if option.type == wire.ARGUMENT_TYPE_BOOLEAN:
            self._captures[option.name] = "true"
        elif not self._rest:
            raise Misfit(f"{word} needs a value")
        else:
            self._keep(option, self._take_word())

    def _keep(self, argument: wire.Argument, word: str) -> None:
        value = _read(argument.type, word)
        if value is None:
            type_name = _TYPE_NAMES[ArgumentType(argument.type)]
            raise Misfit(f'{argument.name}: "{word}" is not {type_name}')
        self._captures[argument.name] = value


def _read(kind: int, word: str) -> str | None:
    if kind == wire.ARGUMENT_TYPE_INTEGER:
        whole = re.fullmatch(r"-?[0-9]+", word) and -(2**63) <= int(word) < 2**63
        return word if whole else None
    if kind == wire.ARGUMENT_TYPE_NUMBER:
        try:
            return word if math.isfinite(float(word)) and "_" not in word else None
        except ValueError:
            return None
    if kind == wire.ARGUMENT_TYPE_BOOLEAN:
        return _BOOLEANS.get(word.casefold())
    return word


def _usage_of(argument: wire.Argument) -> str:
    if argument.option:
        alone = argument.type == wire.ARGUMENT_TYPE_BOOLEAN
        usage = f"--{argument.name}" if alone else f"--{argument.name} <value>"
        return usage if argument.required else f"[{usage}]"
    usage = f"{argument.name}..." if argument.type == wire.ARGUMENT_TYPE_REST else argument.name
    return f"<{usage}>" if argument.required else f"[{usage}]"

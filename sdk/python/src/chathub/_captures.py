"""What of a match a function gets as keyword arguments; found out once, when it is registered."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chathub.route import Argument, ArgumentType

# Escapes, quotations and classes are passed over, because a ( in them opens nothing.
_PARTS = re.compile(
    r"\\Q.*?(?:\\E|\Z) | \\. | \[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]])*\] | \(\?P?<(\w+)>",
    re.DOTALL | re.VERBOSE,
)
_TYPES = {
    str: ArgumentType.WORD,
    int: ArgumentType.INTEGER,
    float: ArgumentType.NUMBER,
    bool: ArgumentType.BOOLEAN,
}
_READERS: dict[ArgumentType, Callable[[str], Any]] = {
    ArgumentType.INTEGER: int,
    ArgumentType.NUMBER: float,
    ArgumentType.BOOLEAN: lambda text: text == "true",
}


def names_in(pattern: str) -> list[str]:
    """The named captures of a pattern in RE2's syntax."""
    return [name for name in _PARTS.findall(pattern) if name]


class Captures:
    """Calls a function with the message and those captures that it has parameters for."""

    def __init__(
        self, function: Callable[..., Any], names: Iterable[str], arguments: Iterable[Argument] = ()
    ) -> None:
        """TypeError if the function wants something that is not captured."""
        self._readers = {each.name: _READERS.get(each.type, str) for each in arguments}
        self._absent = {
            each.name: False
            for each in arguments
            if each.option and each.type is ArgumentType.BOOLEAN
        }
        parameters = parameters_behind_message(function)
        self._takes_all = any(p.kind is p.VAR_KEYWORD for p in parameters)
        named = [p for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
        known = set(names)
        for parameter in named:
            if parameter.name not in known and parameter.default is parameter.empty:
                has = ", ".join(sorted(known)) or "nothing"
                raise TypeError(
                    f"{name_of(function)} takes {parameter.name!r}, but what is captured is: {has}"
                )
        self._taken = {p.name: p for p in named if p.name in known}

    def of(self, captures: Mapping[str, str]) -> dict[str, Any]:
        """The keyword arguments. A capture that took no part is the parameter's default, else None
        (False for a boolean option)."""
        given = {
            name: self._readers.get(name, str)(text)
            for name, text in captures.items()
            if self._takes_all or name in self._taken
        }
        for name, parameter in self._taken.items():
            if name not in given and parameter.default is parameter.empty:
                given[name] = self._absent.get(name)
        return given


def parameters_behind_message(function: Callable[..., Any]) -> list[inspect.Parameter]:
    parameters = list(inspect.signature(function).parameters.values())
    by_position = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    if not parameters or parameters[0].kind not in (*by_position, inspect.Parameter.VAR_POSITIONAL):
        raise TypeError(f"{name_of(function)} must take the message first")
    return parameters[1:]


def arguments_from(function: Callable[..., Any]) -> list[Argument]:
    """A command's arguments as the function's parameters tell: `count: int` is required, `sides:
    int = 6` is not, and behind `*` they are options. `rest` is captured anyway."""
    hints = _hints_of(function)
    return [
        _argument_from(function, parameter, hints.get(parameter.name, _hint_of(parameter)))
        for parameter in parameters_behind_message(function)
        if parameter.name != "rest" and parameter.kind is not parameter.VAR_KEYWORD
    ]


def _argument_from(
    function: Callable[..., Any], parameter: inspect.Parameter, hint: Any
) -> Argument:
    type = _type_of(function, parameter.name, hint)
    option = parameter.kind is parameter.KEYWORD_ONLY
    # An option that is there or not is never required.
    required = parameter.default is parameter.empty and not (option and hint is bool)
    return Argument(parameter.name, type, required=required, option=option)


def _hints_of(function: Callable[..., Any]) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function)
    except NameError:  # Of a name that only type checkers know.
        known = {each.__name__: each for each in _TYPES}
        hints = getattr(function, "__annotations__", {})
        return {name: known.get(hint, hint) for name, hint in hints.items()}


def _hint_of(parameter: inspect.Parameter) -> Any:
    """What a parameter without a type is: as its default."""
    known = parameter.default not in (None, parameter.empty)
    return type(parameter.default) if known else str


def _type_of(function: Callable[..., Any], name: str, hint: Any) -> ArgumentType:
    for candidate in (hint, *typing.get_args(hint)):  # Optional[int] is read as int.
        if candidate in _TYPES:
            return _TYPES[candidate]
    raise TypeError(f"{name_of(function)}: {name!r} may be str, int, float or bool, not {hint}")


def name_of(function: Callable[..., Any]) -> str:
    return f"{getattr(function, '__name__', 'the function')}()"

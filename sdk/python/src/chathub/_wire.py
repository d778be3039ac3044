"""How Python's values stand on the wire."""

from enum import IntEnum
from typing import Any


def clean(text: str) -> str:
    """The text as UTF-8 can carry it: half a surrogate pair becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def number(value: IntEnum) -> Any:
    """Our enumerations have the wire's numbers; type checkers think of its own classes."""
    return int(value)

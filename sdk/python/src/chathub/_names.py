"""The names of peers and routes."""

import re

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def check_name(kind: str, name: str) -> None:
    """ValueError unless `name` may be that of a handler, an adapter or a route."""
    if not is_name(name):
        raise ValueError(f'"{name}" is no name for {kind}: {_NAME.pattern}')

"""What a peer writes into `logging`: one line per event, and who it was."""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
from typing import Any

FORMAT = "%(asctime)s %(levelname)s %(message)s"


class PeerLog(logging.LoggerAdapter):  # type: ignore[type-arg]  # has no arguments before 3.11
    """Lines of one peer to the logger `chathub`; each record has the attribute `peer`, those about
    a delivery `delivery` and `attempt` too."""

    def __init__(self, peer: str) -> None:
        super().__init__(logging.getLogger("chathub"), {"peer": peer})

    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> Any:
        kwargs["extra"] = {**(self.extra or {}), **kwargs.get("extra", {})}
        return f"{kwargs['extra']['peer']}: {one_line(str(msg))}", kwargs


def one_line(text: str) -> str:
    """What came from outside must not look like lines of the log."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)

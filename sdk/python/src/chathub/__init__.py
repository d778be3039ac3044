"""Handlers and adapters for Chathub. To add functions to a chat, start at Handler.

Handlers and what their functions get: `Handler`, `Message`, `Retry`. Adapters: `Adapter`. How to
reach the hub: `HubOptions`; on one machine it finds the hub by itself. Tests without a hub:
`chathub.testing`. Messages of the wire: `chathub.v1`.
"""

try:
    import google.protobuf  # noqa: F401
    import grpc  # noqa: F401
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"chathub needs the module {error.name}: pip install grpcio protobuf, "
        "or Debian's packages python3-grpcio and python3-protobuf",
        name=error.name,
    ) from None

from chathub.adapter import Adapter, OrderResult
from chathub.content import Content, MessageRef, TextFormat, markdown
from chathub.conversation import Conversation, Room, User
from chathub.handler import Handler, Posted
from chathub.hub_address import HubOptions
from chathub.message import Message
from chathub.plain_text import plain_text
from chathub.problem import HubError, Reason, Refused, Retry, SetUpWrongly
from chathub.route import Argument, ArgumentType, EventKind, Precedence, RouteListing
from chathub.store import Change, Entry

__all__ = [
    "Adapter",
    "Argument",
    "ArgumentType",
    "Change",
    "Content",
    "Conversation",
    "Entry",
    "EventKind",
    "Handler",
    "HubError",
    "HubOptions",
    "Message",
    "MessageRef",
    "OrderResult",
    "Posted",
    "Precedence",
    "Reason",
    "Refused",
    "Retry",
    "Room",
    "RouteListing",
    "SetUpWrongly",
    "TextFormat",
    "User",
    "markdown",
    "plain_text",
]

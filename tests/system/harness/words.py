"""Short ways to say what tests say often: routes, texts, talks."""

from . import STUBS  # noqa: F401  (puts the stubs on the path)
from chathub.v1 import handlers_pb2, message_pb2
from google.protobuf import duration_pb2, timestamp_pb2


def seconds(amount):
    duration = duration_pb2.Duration()
    duration.FromMilliseconds(round(amount * 1000))
    return duration


def at(unix_time):
    moment = timestamp_pb2.Timestamp()
    moment.FromMilliseconds(round(unix_time * 1000))
    return moment


def command(word, route_id=None, arguments=(), **fields):
    """A route for a command word."""
    trigger = handlers_pb2.Command(word=word, arguments=arguments)
    return _route(route_id or word, fields, command=trigger)


def pattern(regular_expression, route_id="pattern", **fields):
    return _route(route_id, fields, pattern=regular_expression)


def on_event(kind, route_id="event", **fields):
    return _route(route_id, fields, event=kind)


def _route(route_id, fields, **trigger):
    for name in ("deadline", "linger", "max_age"):
        if name in fields:
            fields[name] = seconds(fields[name])
    return handlers_pb2.Route(id=route_id, **trigger, **fields)


def say(text, not_before=None):
    """An action that sends a text; `not_before` is a Unix time."""
    moment = at(not_before) if not_before else None
    send = message_pb2.SendAction(content=message_pb2.Content(text=text), not_before=moment)
    return message_pb2.Action(send=send)


def actions_of(*answers):
    """Texts become send actions, actions stay what they are."""
    return [say(answer) if isinstance(answer, str) else answer for answer in answers]


def texts_of(order):
    """What an order sends."""
    return [a.send.content.text for a in order.actions if a.WhichOneof("kind") == "send"]


def room_talk(room="lab", adapter="shell", thread=""):
    return message_pb2.Conversation(adapter=adapter, room=f"{adapter}/{room}", thread=thread)


def private_talk(user="ada", adapter="shell"):
    return message_pb2.Conversation(adapter=adapter, user=f"{adapter}/{user}")

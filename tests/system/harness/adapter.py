"""An adapter whose every step is told by the test."""

import itertools
import secrets
import threading

from .stream import Stream, metadata_of, open_channel
from .waiting import DEADLINE
from .words import private_talk, room_talk, seconds, texts_of
from chathub.v1 import adapters_pb2, adapters_pb2_grpc, message_pb2, session_pb2

EVERYTHING = adapters_pb2.Capabilities(
    edit=True, delete=True, react=True, thread=True, attach=True, typing=True, topic=True, join=True
)


def random_name():
    return secrets.token_hex(8)


class ScriptedAdapter:
    """One stream of one adapter. Answers each order with Done unless `answers` is False.

    A later life of the same adapter is another object: with the same epoch if it kept its outbox,
    with the same incarnation if its process went on.
    """

    def __init__(self, target, token, name="shell", *, epoch=None, incarnation=None, first_seq=1,
                 answers=True, **hello):
        self.name = name
        self.epoch = epoch or random_name()
        self.incarnation = incarnation or random_name()
        self._answers = answers
        self._seqs = itertools.count(first_seq)
        self._messages = itertools.count(1)
        self._results = {}
        self._lock = threading.Lock()
        hello.setdefault("capabilities", EVERYTHING)
        hello.setdefault("mention_names", ["hub"])
        hello.setdefault("own_user_id", f"{name}/hub")
        self._hello = adapters_pb2.AdapterHello(
            name=name, epoch=self.epoch, incarnation=self.incarnation, **hello
        )
        self._channel = open_channel(target)
        stub = adapters_pb2_grpc.AdaptersStub(self._channel)
        metadata = metadata_of(token, f"adapter/{name}")
        self.stream = Stream(stub.Attach, metadata, self._hear)

    # Saying.

    def attach(self):
        """Says hello and waits for the answer."""
        self.item(hello=self._hello)
        return self.wait("hello_ok")

    def hello(self):
        """A copy of what it said, to be changed and said again."""
        hello = adapters_pb2.AdapterHello()
        hello.CopyFrom(self._hello)
        return hello

    def item(self, **kind):
        self.items(adapters_pb2.AdapterItem(**kind))

    def items(self, *items):
        self.stream.send(adapters_pb2.AdaptersAttachRequest(items=items))

    def hear(self, text, user="ada", room="lab", *, private=False, bot=False, thread="",
             addressed=False, **event_fields):
        """A user says something in the chat; returns the event's seq."""
        message = message_pb2.ChatMessage(
            content=message_pb2.Content(text=text), addressed=addressed
        )
        talk = private_talk(user, self.name) if private else room_talk(room, self.name, thread)
        return self.happen(
            message_pb2.Event(
                conversation=talk,
                user=message_pb2.User(id=f"{self.name}/{user}", name=user, bot=bot),
                message=message,
            ),
            **event_fields,
        )

    def happen(self, event, seq=None, age=None, **fields):
        """Anything that happens in the chat."""
        seq = seq or next(self._seqs)
        age = seconds(age) if age else None
        self.item(event=adapters_pb2.AdapterEvent(seq=seq, event=event, age=age, **fields))
        return seq

    def restart_at(self, seq):
        """The next event has this seq: everything before it is known to the hub."""
        self._seqs = itertools.count(seq)

    def settle(self, up_to, timeout=DEADLINE):
        """Waits until everything up to there is finished and its orders are done."""
        self.item(await_settled=adapters_pb2.AwaitSettled(up_to=up_to))
        return self.wait("settled", lambda settled: settled.up_to >= up_to, timeout=timeout)

    def done(self, order, problem=None):
        """Reports an order as done, each time alike; a problem is that of its last action."""
        with self._lock:
            if order.key not in self._results:
                self._results[order.key] = self._results_of(order, problem)
        done = adapters_pb2.Done(key=order.key, results=self._results[order.key])
        self.item(done=done)

    def _results_of(self, order, problem):
        results = [
            message_pb2.ActionResult(platform_ids=[f"m{next(self._messages)}"])
            for _ in order.actions
        ]
        if problem is not None:
            results[-1] = message_pb2.ActionResult(problem=problem)
        return results

    # Hearing.

    def _hear(self, item):
        kind = item.WhichOneof("kind")
        if kind == "ping":
            self.item(pong=session_pb2.Pong(nonce=item.ping.nonce))
        if kind == "order" and self._answers:
            self.done(item.order)

    def wait(self, kind, match=lambda value: True, count=1, timeout=DEADLINE):
        """What the hub says, of one kind: hello_ok, accepted, settled, order, ping, draining."""
        found = self.stream.heard.wait(
            lambda item: item.WhichOneof("kind") == kind and match(getattr(item, kind)),
            count,
            timeout,
        )
        if count == 1:
            return getattr(found, kind)
        return [getattr(item, kind) for item in found]

    def all(self, kind):
        items = self.stream.heard.all(lambda item: item.WhichOneof("kind") == kind)
        return [getattr(item, kind) for item in items]

    def wait_accepted(self, seq, timeout=DEADLINE):
        return self.wait("accepted", lambda accepted: accepted.up_to >= seq, timeout=timeout)

    def wait_text(self, text, timeout=DEADLINE):
        """The order that says this in the chat."""
        return self.wait("order", lambda order: text in texts_of(order), timeout=timeout)

    def texts(self):
        """What the chat has seen: a repeated key shows nothing twice."""
        orders = {order.key: order for order in self.all("order")}
        return [text for order in orders.values() for text in texts_of(order)]

    # Ending.

    def leave(self):
        self.item(leaving=session_pb2.Leaving())

    def drop(self):
        """Gone without a word."""
        self.stream.drop()
        self._channel.close()

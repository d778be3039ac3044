"""A handler whose every step is told by the test."""

import threading

from .stream import Stream, metadata_of, open_channel
from .waiting import DEADLINE
from .words import actions_of, seconds
from chathub.v1 import handlers_pb2, handlers_pb2_grpc, session_pb2


class ScriptedHandler:
    """One stream of one instance. `answers` gives the answer to a delivery: a text, actions, or
    None to hold it; without it everything is held. What is held is renewed unless `renews` is
    False.
    """

    def __init__(self, target, token, name, routes, *, answers=None, renews=True, **hello):
        self.name = name
        self._answers = answers
        self._held = {}
        self._lock = threading.Lock()
        self._gone = threading.Event()
        self._hello = handlers_pb2.HandlerHello(name=name, routes=routes, **hello)
        self._channel = open_channel(target)
        stub = handlers_pb2_grpc.HandlersStub(self._channel)
        self.stream = Stream(stub.Attach, metadata_of(token, f"handler/{name}"), self._hear)
        if renews:
            threading.Thread(target=self._renew_held, daemon=True).start()

    # Saying.

    def attach(self):
        """Says hello and waits for the answer."""
        self.item(hello=self._hello)
        return self.wait("hello_ok")

    def hello(self):
        """A copy of what it says, to be changed."""
        hello = handlers_pb2.HandlerHello()
        hello.CopyFrom(self._hello)
        return hello

    def item(self, **kind):
        self.items(handlers_pb2.HandlerItem(**kind))

    def items(self, *items):
        self.stream.send(handlers_pb2.HandlersAttachRequest(items=items))

    def finish(self, delivery, *answers, **fields):
        """Texts or actions."""
        self._let_go(delivery.id)
        self.item(
            finish=handlers_pb2.Finish(
                delivery=delivery.id,
                attempt=delivery.attempt,
                actions=actions_of(*answers),
                **fields,
            )
        )

    def say(self, delivery, *answers, key=""):
        self.item(
            say=handlers_pb2.Say(
                delivery=delivery.id,
                attempt=delivery.attempt,
                key=key,
                actions=actions_of(*answers),
            )
        )

    def nack(self, delivery, retry_after=None, why=""):
        self._let_go(delivery.id)
        wait = None if retry_after is None else seconds(retry_after)
        self.item(
            nack=handlers_pb2.Nack(
                delivery=delivery.id, attempt=delivery.attempt, retry_after=wait, why=why
            )
        )

    def renew(self, *deliveries):
        self.item(renew=handlers_pb2.Renew(deliveries=[delivery.id for delivery in deliveries]))

    def leave(self):
        self.item(leaving=session_pb2.Leaving())

    def _let_go(self, delivery):
        with self._lock:
            self._held.pop(delivery, None)

    def _renew_held(self):
        while not self._gone.wait(3):
            with self._lock:
                held = list(self._held)
            if held:
                self.item(renew=handlers_pb2.Renew(deliveries=held))

    # Hearing.

    def _hear(self, item):
        kind = item.WhichOneof("kind")
        if kind == "ping":
            self.item(pong=session_pb2.Pong(nonce=item.ping.nonce))
        elif kind == "cancel":
            self._let_go(item.cancel.delivery)
        elif kind == "delivery":
            self._take(item.delivery)

    def _take(self, delivery):
        with self._lock:
            self._held[delivery.id] = delivery
        answer = self._answers(delivery) if self._answers else None
        if answer is not None:
            self.finish(delivery, *([answer] if isinstance(answer, str) else answer))

    def wait(self, kind, match=lambda value: True, count=1, timeout=DEADLINE):
        """What the hub says, of one kind: delivery, finish_result, cancel, posted, ..."""
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

    def wait_delivery(self, text=None, timeout=DEADLINE, **fields):
        """The delivery with this text and these fields (route, attempt, ...)."""
        if text is not None:
            fields["text"] = text
        return self.wait(
            "delivery",
            lambda delivery: all(getattr(delivery, key) == fields[key] for key in fields),
            timeout=timeout,
        )

    def wait_outcome(self, delivery, count=1, timeout=DEADLINE):
        """The name of what came of a Finish, for example `OK`; of several, the last."""
        result = self.wait(
            "finish_result", lambda result: result.delivery == delivery.id, count, timeout
        )
        result = result if count == 1 else result[-1]
        return handlers_pb2.FinishOutcome.Name(result.outcome).removeprefix("FINISH_OUTCOME_")

    # Ending.

    def depart(self):
        """Gone in good order: it says that it leaves, closes, and is let go."""
        self.leave()
        self.stream.half_close()
        return self.stream.wait_end()

    def drop(self):
        """Gone without a word."""
        self._gone.set()
        self.stream.drop()
        self._channel.close()

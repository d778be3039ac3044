#!/usr/bin/python3
"""Rolls dice: `roll 2d6`. A whole handler from the generated stubs alone, without an SDK.

A handler opens one stream, Handlers.Attach: it says hello with its routes, gets a delivery for each
matching message, and finishes each with its answer. Exits 0 after SIGTERM or Ctrl-C, 1 when the hub
refuses it for good.
"""

import os
import pathlib
import queue
import random
import re
import signal
import sys
import threading
from collections.abc import Iterator

SOURCES = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, os.environ.get("CHATHUB_STUBS", str(SOURCES / "build" / "python")))

import grpc  # noqa: E402
from chathub.v1 import handlers_pb2 as wire  # noqa: E402
from chathub.v1 import handlers_pb2_grpc, message_pb2, session_pb2  # noqa: E402

ROLL = wire.Route(
    id="roll",
    command=wire.Command(word="roll", arguments=[wire.Argument(name="dice", required=True)]),
    help=wire.Help(usage="roll NdM", description="Rolls N dice with M sides each."),
)
USAGE = "usage: roll NdM, for example roll 2d6 (1 to 100 dice with 1 to 1000 sides)"
# Trying again does not cure these.
FINAL = (
    grpc.StatusCode.UNAUTHENTICATED,
    grpc.StatusCode.PERMISSION_DENIED,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.ALREADY_EXISTS,
)
# A silent hub is noticed within 15 s; a proxy for the web has no business between us and the hub.
CHANNEL_OPTIONS = [
    ("grpc.keepalive_time_ms", 10_000),
    ("grpc.keepalive_timeout_ms", 5_000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.enable_http_proxy", 0),
]


def answer(dice: str) -> str:
    """What `roll <dice>` says: `7 (3 + 4)`, `1` for a single die, or the usage."""
    match = re.fullmatch(r"([0-9]{1,3})d([0-9]{1,4})", dice, re.IGNORECASE)
    count, sides = map(int, match.groups()) if match else (0, 0)
    if not (1 <= count <= 100 and 1 <= sides <= 1000):
        return USAGE
    rolls = [random.randint(1, sides) for _ in range(count)]
    return str(rolls[0]) if count == 1 else f"{sum(rolls)} ({' + '.join(map(str, rolls))})"


def find_hub() -> tuple[str, str]:
    """Address and token: from the environment, else from the hub's data folder. OSError if none."""
    share = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    folder = pathlib.Path(os.environ.get("CHATHUB_DATA") or os.path.join(share, "chathub"))
    address = os.environ.get("CHATHUB_ADDRESS")
    if not address and not (folder / "endpoints").exists():
        raise OSError(f"no hub is running in {folder} (start one with: chathub serve)")
    address = address or (folder / "endpoints").read_text().split("\n")[0]
    return address, os.environ.get("CHATHUB_TOKEN") or (folder / "owner-token").read_text().strip()


class Handler:
    """One instance, over many streams. The main thread hears, a thread of gRPC speaks."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.backoff = 0.1  # Seconds; doubles up to 5 until an attempt succeeds.
        self.items: queue.SimpleQueue = queue.SimpleQueue()  # To be said on the stream.
        self.open: dict[str, int] = {}  # Attempts by delivery, until the hub confirms the end.

    def run(self) -> int:
        """Attaches again and again until stopped (0) or refused for good (1)."""
        while not self.stopping.is_set():
            try:
                self.attach_once()
            except grpc.RpcError as error:
                if self.stopping.is_set():
                    break
                print("roll:", error.details(), file=sys.stderr, flush=True)
                if error.code() in FINAL:
                    return 1
            except OSError as error:
                print("roll:", error, file=sys.stderr, flush=True)
            # Spread out, so that the handlers of a hub that restarted do not all come at once.
            self.stopping.wait(self.backoff * random.uniform(0.5, 1.0))
            self.backoff = min(self.backoff * 2, 5.0)
        return 0

    def stop(self, *_signal) -> None:
        """Takes nothing new; the hub ends the stream when what is open is finished."""
        self.stopping.set()
        signal.alarm(5)  # If the hub lets us wait, SIGALRM ends us.
        self.items.put(wire.HandlerItem(leaving=session_pb2.Leaving()))

    def attach_once(self) -> None:
        """One stream from hello to end. Raises grpc.RpcError with the hub's reason."""
        address, token = find_hub()
        self.open.clear()  # What a lost stream left open comes again.
        self.items = queue.SimpleQueue()
        self.items.put(wire.HandlerItem(hello=wire.HandlerHello(name="roll", routes=[ROLL])))
        if self.stopping.is_set():  # stop() may have spoken to the queue before this one.
            return
        with grpc.insecure_channel(address, CHANNEL_OPTIONS) as channel:
            stream = handlers_pb2_grpc.HandlersStub(channel).Attach(
                self.frames(self.items), metadata=[("authorization", f"Bearer {token}")]
            )
            for frame in stream:
                for command in frame.items:
                    self.hear(command)

    def frames(self, items: queue.SimpleQueue) -> Iterator[wire.HandlersAttachRequest]:
        """What gRPC writes: items as they come; after a quiet while, that the work goes on."""
        while True:
            try:
                item = items.get(timeout=3)  # Well below the lease of 10 s.
            except queue.Empty:
                item = wire.HandlerItem(renew=wire.Renew(deliveries=list(self.open)))
            yield wire.HandlersAttachRequest(items=[item])

    def hear(self, command: wire.HandlerCommand) -> None:
        kind = command.WhichOneof("kind")
        if kind == "delivery":
            self.finish(command.delivery)
        elif kind == "finish_result":
            self.settle(command.finish_result)
        elif kind == "cancel":
            self.open.pop(command.cancel.delivery, None)
        elif kind == "ping":
            self.items.put(wire.HandlerItem(pong=session_pb2.Pong(nonce=command.ping.nonce)))
        elif kind == "hello_ok":
            self.backoff = 0.1
            print(f"roll: attached to {command.hello_ok.hub}", file=sys.stderr, flush=True)

    def finish(self, delivery: wire.Delivery) -> None:
        self.open[delivery.id] = delivery.attempt
        content = message_pb2.Content(text=answer(delivery.captures["dice"]))
        send = message_pb2.Action(send=message_pb2.SendAction(content=content))
        finish = wire.Finish(delivery=delivery.id, attempt=delivery.attempt, actions=[send])
        self.items.put(wire.HandlerItem(finish=finish))

    def settle(self, result: wire.FinishResult) -> None:
        """Done; unless the hub could not take the answer now: then it shall deliver again."""
        attempt = self.open.pop(result.delivery, None)
        if attempt and result.outcome == wire.FINISH_OUTCOME_REFUSED:
            nack = wire.Nack(delivery=result.delivery, attempt=attempt, why=result.problem.detail)
            nack.retry_after.CopyFrom(result.problem.retry_after)
            self.items.put(wire.HandlerItem(nack=nack))


if __name__ == "__main__":
    handler = Handler()
    signal.signal(signal.SIGTERM, handler.stop)
    signal.signal(signal.SIGINT, handler.stop)
    sys.exit(handler.run())

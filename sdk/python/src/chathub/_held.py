"""What a handler holds for the hub, and what a function gives back for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from chathub._jobs import Job
from chathub.v1 import handlers_pb2 as wire
from chathub.v1 import message_pb2, store_pb2


@dataclass
class Answer:
    """What a function gave back."""

    actions: list[message_pb2.Action] = field(default_factory=list)
    store_writes: list[store_pb2.StoreWrite] = field(default_factory=list)
    gave_up: str | None = None
    """Why it has no answer."""
    retry_after: float = 0.0


class Held:
    """A delivery that the hub counts on us for."""

    def __init__(self, delivery: wire.Delivery, since: float) -> None:
        self.delivery = delivery
        self.since = since
        self.job: Job | None = None
        self.reruns = 0
        # Set once the function has returned: said and not answered, or to be said.
        self.finish: wire.Finish | None = None
        # After a refusal.
        self.say_again_at: float | None = None
        # Said while there was no stream.
        self.unsaid: list[wire.HandlerItem] = []

    @property
    def place(self) -> dict[str, object]:
        """For a line of the log."""
        return {"delivery": self.delivery.id, "attempt": self.delivery.attempt}

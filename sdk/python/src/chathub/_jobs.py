"""Deliveries as work: what may begin now, and what waits for its turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from enum import Enum

from chathub.v1 import handlers_pb2 as wire


class Job:
    """A delivery that the function of its route is to be run for; run again, it is another job."""

    def __init__(self, delivery: wire.Delivery, since: float) -> None:
        self.delivery = delivery
        self.since = since
        """When the delivery came, with what is left of the user's patience."""
        self.cancelled = False
        """The delivery was ended by somebody else."""
        self.returned = False
        self.when_cancelled: Callable[[], object] = lambda: None

    def cancel(self) -> None:
        """A job that is cancelled before it began never begins."""
        if not (self.cancelled or self.returned):
            self.cancelled = True
            self.when_cancelled()


class Turn(Enum):
    """When a job may begin: behind or before all others of its conversation, or at once."""

    LAST = 1
    FIRST = 2
    FREE = 3


class JobQueue:
    """One job at a time per conversation, except for those that are free."""

    def __init__(self, begin: Callable[[Job], None]) -> None:
        self._begin = begin
        # Those that wait; a conversation is in it while a job of it runs.
        self._waiting: dict[bytes, deque[Job]] = {}
        self._lanes: dict[Job, bytes] = {}

    def add(self, delivery: wire.Delivery, turn: Turn, since: float) -> Job:
        job = Job(delivery, since)
        if turn is Turn.FREE:
            self._begin(job)
            return job
        lane = delivery.event.conversation.SerializeToString(deterministic=True)
        self._lanes[job] = lane
        waiting = self._waiting.get(lane)
        if waiting is None:
            self._waiting[lane] = deque()
            self._begin(job)
        elif turn is Turn.FIRST:
            waiting.appendleft(job)
        else:
            waiting.append(job)
        return job

    def returned(self, job: Job) -> None:
        """The function of this job has ended: the next of its conversation may begin."""
        job.returned = True
        lane = self._lanes.pop(job, None)
        while lane is not None:
            waiting = self._waiting[lane]
            if not waiting:
                del self._waiting[lane]
                return
            following = waiting.popleft()
            if not following.cancelled:
                self._begin(following)
                return
            following.returned = True
            self._lanes.pop(following)

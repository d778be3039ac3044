"""Why something failed: what the hub says, and what a handler's function may say."""

from __future__ import annotations

from enum import IntEnum

from chathub._times import Seconds, seconds_of, to_seconds
from chathub.v1 import problem_pb2 as wire


class Reason(IntEnum):
    """Numbered as chathub.v1.Reason, which says what each means."""

    UNKNOWN = 0
    BAD_FRAME = 1
    BAD_ROUTE = 2
    NAME_TAKEN = 3
    NO_SUCH_PEER = 4
    NOT_ATTACHED = 5
    NOT_ALLOWED = 6
    TOO_MUCH = 7
    TOO_LARGE = 8
    GOING_AWAY = 9
    OUR_FAULT = 10
    UNSUPPORTED = 11
    CONFLICT = 12
    EXPIRED = 13

    @classmethod
    def _missing_(cls, value: object) -> Reason:
        return cls.UNKNOWN  # from a newer hub


class HubError(Exception):
    """A call to the hub failed; str() is one sentence for a person."""

    def __init__(
        self, detail: str, reason: Reason = Reason.UNKNOWN, retry_after: float | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.reason = reason
        self.retry_after = retry_after
        """Seconds, when trying again makes sense; None: not by itself."""

    @classmethod
    def from_wire(cls, problem: wire.Problem) -> HubError:
        after = seconds_of(problem.retry_after) if problem.HasField("retry_after") else None
        return cls(problem.detail, Reason(problem.reason), after)


class Refused(HubError):  # noqa: N818
    """The hub does not want this peer, and would not want it a second time: a wrong token, a name
    or word that is taken, a pattern that is none. str() is the hub's reason."""


class SetUpWrongly(Exception):  # noqa: N818, it says what is the matter
    """Waiting does not help: for example, there is no token anywhere."""


class Retry(Exception):  # noqa: N818, raised to ask for something
    """Raised by a handler's function: no answer now; the message goes to another instance or comes
    again, `after` so many seconds (or a timedelta) at the earliest. `why` is for the log."""

    def __init__(self, after: Seconds = 0, why: str = "") -> None:
        super().__init__(why or "the function asked for another attempt")
        self.after = to_seconds(after)

"""Times as Python has them and as the wire has them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Union

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

Seconds = Union[float, timedelta]
"""A length of time: a number of seconds, or a timedelta."""


def to_seconds(time: Seconds) -> float:
    return time.total_seconds() if isinstance(time, timedelta) else float(time)


def to_duration(time: Seconds) -> Duration:
    duration = Duration()
    duration.FromNanoseconds(round(to_seconds(time) * 1e9))
    return duration


def seconds_of(duration: Duration) -> float:
    return float(duration.seconds + duration.nanos / 1e9)


def to_timestamp(moment: datetime) -> Timestamp:
    """A moment without a time zone is taken as local time."""
    timestamp = Timestamp()
    timestamp.FromDatetime(moment.astimezone(timezone.utc).replace(tzinfo=None))
    return timestamp


def to_datetime(timestamp: Timestamp) -> datetime:
    return timestamp.ToDatetime().replace(tzinfo=timezone.utc)

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
REASON_BAD_FRAME: Reason
REASON_BAD_ROUTE: Reason
REASON_CONFLICT: Reason
REASON_EXPIRED: Reason
REASON_GOING_AWAY: Reason
REASON_NAME_TAKEN: Reason
REASON_NOT_ALLOWED: Reason
REASON_NOT_ATTACHED: Reason
REASON_NO_SUCH_PEER: Reason
REASON_OUR_FAULT: Reason
REASON_TOO_LARGE: Reason
REASON_TOO_MUCH: Reason
REASON_UNSPECIFIED: Reason
REASON_UNSUPPORTED: Reason

class Problem(_message.Message):
    __slots__ = ["detail", "reason", "retry_after"]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RETRY_AFTER_FIELD_NUMBER: _ClassVar[int]
    detail: str
    reason: Reason
    retry_after: _duration_pb2.Duration
    def __init__(self, reason: _Optional[_Union[Reason, str]] = ..., detail: _Optional[str] = ..., retry_after: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

from chathub.v1 import message_pb2 as _message_pb2
from chathub.v1 import session_pb2 as _session_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DEDUP_SERVICE: Dedup
DEDUP_UNSPECIFIED: Dedup
DESCRIPTOR: _descriptor.FileDescriptor
MARKUP_BLOCKS: Markup
MARKUP_MARKDOWN: Markup
MARKUP_UNSPECIFIED: Markup

class Accepted(_message.Message):
    __slots__ = ["up_to"]
    UP_TO_FIELD_NUMBER: _ClassVar[int]
    up_to: int
    def __init__(self, up_to: _Optional[int] = ...) -> None: ...

class AdapterCommand(_message.Message):
    __slots__ = ["accepted", "draining", "hello_ok", "order", "ping", "settled"]
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    DRAINING_FIELD_NUMBER: _ClassVar[int]
    HELLO_OK_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    PING_FIELD_NUMBER: _ClassVar[int]
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    accepted: Accepted
    draining: _session_pb2.Draining
    hello_ok: AdapterHelloOk
    order: Order
    ping: _session_pb2.Ping
    settled: Settled
    def __init__(self, hello_ok: _Optional[_Union[AdapterHelloOk, _Mapping]] = ..., accepted: _Optional[_Union[Accepted, _Mapping]] = ..., settled: _Optional[_Union[Settled, _Mapping]] = ..., order: _Optional[_Union[Order, _Mapping]] = ..., ping: _Optional[_Union[_session_pb2.Ping, _Mapping]] = ..., draining: _Optional[_Union[_session_pb2.Draining, _Mapping]] = ...) -> None: ...

class AdapterEvent(_message.Message):
    __slots__ = ["age", "cursor", "event", "resent", "seq", "service_event_id", "traceparent"]
    AGE_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    RESENT_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    SERVICE_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    age: _duration_pb2.Duration
    cursor: str
    event: _message_pb2.Event
    resent: bool
    seq: int
    service_event_id: str
    traceparent: str
    def __init__(self, seq: _Optional[int] = ..., service_event_id: _Optional[str] = ..., cursor: _Optional[str] = ..., age: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., resent: bool = ..., traceparent: _Optional[str] = ..., event: _Optional[_Union[_message_pb2.Event, _Mapping]] = ...) -> None: ...

class AdapterHello(_message.Message):
    __slots__ = ["capabilities", "dedup", "epoch", "incarnation", "mention_names", "name", "oldest_unaccepted", "own_user_id", "service"]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    DEDUP_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    INCARNATION_FIELD_NUMBER: _ClassVar[int]
    MENTION_NAMES_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OLDEST_UNACCEPTED_FIELD_NUMBER: _ClassVar[int]
    OWN_USER_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    capabilities: Capabilities
    dedup: Dedup
    epoch: str
    incarnation: str
    mention_names: _containers.RepeatedScalarFieldContainer[str]
    name: str
    oldest_unaccepted: int
    own_user_id: str
    service: str
    def __init__(self, name: _Optional[str] = ..., epoch: _Optional[str] = ..., incarnation: _Optional[str] = ..., oldest_unaccepted: _Optional[int] = ..., dedup: _Optional[_Union[Dedup, str]] = ..., service: _Optional[str] = ..., capabilities: _Optional[_Union[Capabilities, _Mapping]] = ..., own_user_id: _Optional[str] = ..., mention_names: _Optional[_Iterable[str]] = ...) -> None: ...

class AdapterHelloOk(_message.Message):
    __slots__ = ["accepted", "cursor", "hub", "rooms", "session"]
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    HUB_FIELD_NUMBER: _ClassVar[int]
    ROOMS_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    accepted: int
    cursor: str
    hub: str
    rooms: _containers.RepeatedScalarFieldContainer[str]
    session: str
    def __init__(self, session: _Optional[str] = ..., hub: _Optional[str] = ..., accepted: _Optional[int] = ..., cursor: _Optional[str] = ..., rooms: _Optional[_Iterable[str]] = ...) -> None: ...

class AdapterItem(_message.Message):
    __slots__ = ["await_settled", "done", "event", "gap", "hello", "leaving", "pong", "rooms", "users"]
    AWAIT_SETTLED_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    GAP_FIELD_NUMBER: _ClassVar[int]
    HELLO_FIELD_NUMBER: _ClassVar[int]
    LEAVING_FIELD_NUMBER: _ClassVar[int]
    PONG_FIELD_NUMBER: _ClassVar[int]
    ROOMS_FIELD_NUMBER: _ClassVar[int]
    USERS_FIELD_NUMBER: _ClassVar[int]
    await_settled: AwaitSettled
    done: Done
    event: AdapterEvent
    gap: Gap
    hello: AdapterHello
    leaving: _session_pb2.Leaving
    pong: _session_pb2.Pong
    rooms: RoomsChanged
    users: UsersChanged
    def __init__(self, hello: _Optional[_Union[AdapterHello, _Mapping]] = ..., event: _Optional[_Union[AdapterEvent, _Mapping]] = ..., done: _Optional[_Union[Done, _Mapping]] = ..., gap: _Optional[_Union[Gap, _Mapping]] = ..., await_settled: _Optional[_Union[AwaitSettled, _Mapping]] = ..., users: _Optional[_Union[UsersChanged, _Mapping]] = ..., rooms: _Optional[_Union[RoomsChanged, _Mapping]] = ..., pong: _Optional[_Union[_session_pb2.Pong, _Mapping]] = ..., leaving: _Optional[_Union[_session_pb2.Leaving, _Mapping]] = ...) -> None: ...

class AdaptersAttachRequest(_message.Message):
    __slots__ = ["items"]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[AdapterItem]
    def __init__(self, items: _Optional[_Iterable[_Union[AdapterItem, _Mapping]]] = ...) -> None: ...

class AdaptersAttachResponse(_message.Message):
    __slots__ = ["items"]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[AdapterCommand]
    def __init__(self, items: _Optional[_Iterable[_Union[AdapterCommand, _Mapping]]] = ...) -> None: ...

class AwaitSettled(_message.Message):
    __slots__ = ["up_to"]
    UP_TO_FIELD_NUMBER: _ClassVar[int]
    up_to: int
    def __init__(self, up_to: _Optional[int] = ...) -> None: ...

class Capabilities(_message.Message):
    __slots__ = ["attach", "delete", "edit", "join", "markup", "maximum_text", "react", "thread", "topic", "typing"]
    ATTACH_FIELD_NUMBER: _ClassVar[int]
    DELETE_FIELD_NUMBER: _ClassVar[int]
    EDIT_FIELD_NUMBER: _ClassVar[int]
    JOIN_FIELD_NUMBER: _ClassVar[int]
    MARKUP_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_TEXT_FIELD_NUMBER: _ClassVar[int]
    REACT_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    TYPING_FIELD_NUMBER: _ClassVar[int]
    attach: bool
    delete: bool
    edit: bool
    join: bool
    markup: Markup
    maximum_text: int
    react: bool
    thread: bool
    topic: bool
    typing: bool
    def __init__(self, edit: bool = ..., delete: bool = ..., react: bool = ..., thread: bool = ..., attach: bool = ..., typing: bool = ..., topic: bool = ..., join: bool = ..., maximum_text: _Optional[int] = ..., markup: _Optional[_Union[Markup, str]] = ...) -> None: ...

class Done(_message.Message):
    __slots__ = ["key", "results"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    key: str
    results: _containers.RepeatedCompositeFieldContainer[_message_pb2.ActionResult]
    def __init__(self, key: _Optional[str] = ..., results: _Optional[_Iterable[_Union[_message_pb2.ActionResult, _Mapping]]] = ...) -> None: ...

class Gap(_message.Message):
    __slots__ = ["to"]
    FROM_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    to: int
    def __init__(self, to: _Optional[int] = ..., **kwargs) -> None: ...

class Order(_message.Message):
    __slots__ = ["actions", "conversation", "expires_at", "key", "resent", "traceparent"]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_AT_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    RESENT_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    actions: _containers.RepeatedCompositeFieldContainer[_message_pb2.Action]
    conversation: _message_pb2.Conversation
    expires_at: _timestamp_pb2.Timestamp
    key: str
    resent: bool
    traceparent: str
    def __init__(self, key: _Optional[str] = ..., conversation: _Optional[_Union[_message_pb2.Conversation, _Mapping]] = ..., actions: _Optional[_Iterable[_Union[_message_pb2.Action, _Mapping]]] = ..., resent: bool = ..., traceparent: _Optional[str] = ..., expires_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RoomsChanged(_message.Message):
    __slots__ = ["rooms"]
    ROOMS_FIELD_NUMBER: _ClassVar[int]
    rooms: _containers.RepeatedCompositeFieldContainer[_message_pb2.Room]
    def __init__(self, rooms: _Optional[_Iterable[_Union[_message_pb2.Room, _Mapping]]] = ...) -> None: ...

class Settled(_message.Message):
    __slots__ = ["up_to"]
    UP_TO_FIELD_NUMBER: _ClassVar[int]
    up_to: int
    def __init__(self, up_to: _Optional[int] = ...) -> None: ...

class UsersChanged(_message.Message):
    __slots__ = ["users"]
    USERS_FIELD_NUMBER: _ClassVar[int]
    users: _containers.RepeatedCompositeFieldContainer[_message_pb2.User]
    def __init__(self, users: _Optional[_Iterable[_Union[_message_pb2.User, _Mapping]]] = ...) -> None: ...

class Dedup(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Markup(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

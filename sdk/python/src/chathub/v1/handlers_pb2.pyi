from chathub.v1 import message_pb2 as _message_pb2
from chathub.v1 import problem_pb2 as _problem_pb2
from chathub.v1 import session_pb2 as _session_pb2
from chathub.v1 import store_pb2 as _store_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

ARGUMENT_TYPE_BOOLEAN: ArgumentType
ARGUMENT_TYPE_INTEGER: ArgumentType
ARGUMENT_TYPE_NUMBER: ArgumentType
ARGUMENT_TYPE_REST: ArgumentType
ARGUMENT_TYPE_UNSPECIFIED: ArgumentType
DESCRIPTOR: _descriptor.FileDescriptor
FINISH_OUTCOME_CONFLICT: FinishOutcome
FINISH_OUTCOME_OK: FinishOutcome
FINISH_OUTCOME_REFUSED: FinishOutcome
FINISH_OUTCOME_STALE: FinishOutcome
FINISH_OUTCOME_UNSPECIFIED: FinishOutcome
PRECEDENCE_EXCLUSIVE: Precedence
PRECEDENCE_FALLBACK: Precedence
PRECEDENCE_UNSPECIFIED: Precedence

class Argument(_message.Message):
    __slots__ = ["help", "name", "option", "required", "type"]
    HELP_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OPTION_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    help: str
    name: str
    option: bool
    required: bool
    type: ArgumentType
    def __init__(self, name: _Optional[str] = ..., type: _Optional[_Union[ArgumentType, str]] = ..., required: bool = ..., option: bool = ..., help: _Optional[str] = ...) -> None: ...

class Cancel(_message.Message):
    __slots__ = ["attempt", "delivery", "problem"]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    attempt: int
    delivery: str
    problem: _problem_pb2.Problem
    def __init__(self, delivery: _Optional[str] = ..., attempt: _Optional[int] = ..., problem: _Optional[_Union[_problem_pb2.Problem, _Mapping]] = ...) -> None: ...

class Collision(_message.Message):
    __slots__ = ["other_handler", "other_route", "route", "trigger"]
    OTHER_HANDLER_FIELD_NUMBER: _ClassVar[int]
    OTHER_ROUTE_FIELD_NUMBER: _ClassVar[int]
    ROUTE_FIELD_NUMBER: _ClassVar[int]
    TRIGGER_FIELD_NUMBER: _ClassVar[int]
    other_handler: str
    other_route: str
    route: str
    trigger: str
    def __init__(self, route: _Optional[str] = ..., other_handler: _Optional[str] = ..., other_route: _Optional[str] = ..., trigger: _Optional[str] = ...) -> None: ...

class Command(_message.Message):
    __slots__ = ["arguments", "word"]
    ARGUMENTS_FIELD_NUMBER: _ClassVar[int]
    WORD_FIELD_NUMBER: _ClassVar[int]
    arguments: _containers.RepeatedCompositeFieldContainer[Argument]
    word: str
    def __init__(self, word: _Optional[str] = ..., arguments: _Optional[_Iterable[_Union[Argument, _Mapping]]] = ...) -> None: ...

class Delivery(_message.Message):
    __slots__ = ["addressed", "attempt", "captures", "deadline", "event", "groups", "id", "match_truncated", "received_at", "route", "text", "traceparent"]
    class CapturesEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ADDRESSED_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    CAPTURES_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    MATCH_TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_AT_FIELD_NUMBER: _ClassVar[int]
    ROUTE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    addressed: bool
    attempt: int
    captures: _containers.ScalarMap[str, str]
    deadline: _duration_pb2.Duration
    event: _message_pb2.Event
    groups: _containers.RepeatedScalarFieldContainer[str]
    id: str
    match_truncated: bool
    received_at: _timestamp_pb2.Timestamp
    route: str
    text: str
    traceparent: str
    def __init__(self, id: _Optional[str] = ..., attempt: _Optional[int] = ..., route: _Optional[str] = ..., event: _Optional[_Union[_message_pb2.Event, _Mapping]] = ..., text: _Optional[str] = ..., captures: _Optional[_Mapping[str, str]] = ..., groups: _Optional[_Iterable[str]] = ..., addressed: bool = ..., match_truncated: bool = ..., deadline: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., received_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., traceparent: _Optional[str] = ...) -> None: ...

class Finish(_message.Message):
    __slots__ = ["actions", "attempt", "delivery", "store_writes"]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    STORE_WRITES_FIELD_NUMBER: _ClassVar[int]
    actions: _containers.RepeatedCompositeFieldContainer[_message_pb2.Action]
    attempt: int
    delivery: str
    store_writes: _containers.RepeatedCompositeFieldContainer[_store_pb2.StoreWrite]
    def __init__(self, delivery: _Optional[str] = ..., attempt: _Optional[int] = ..., actions: _Optional[_Iterable[_Union[_message_pb2.Action, _Mapping]]] = ..., store_writes: _Optional[_Iterable[_Union[_store_pb2.StoreWrite, _Mapping]]] = ...) -> None: ...

class FinishResult(_message.Message):
    __slots__ = ["conflict", "delivery", "outcome", "problem"]
    CONFLICT_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    conflict: _store_pb2.StoreConflict
    delivery: str
    outcome: FinishOutcome
    problem: _problem_pb2.Problem
    def __init__(self, delivery: _Optional[str] = ..., outcome: _Optional[_Union[FinishOutcome, str]] = ..., conflict: _Optional[_Union[_store_pb2.StoreConflict, _Mapping]] = ..., problem: _Optional[_Union[_problem_pb2.Problem, _Mapping]] = ...) -> None: ...

class HandlerCommand(_message.Message):
    __slots__ = ["cancel", "delivery", "draining", "finish_result", "hello_ok", "ping", "posted"]
    CANCEL_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    DRAINING_FIELD_NUMBER: _ClassVar[int]
    FINISH_RESULT_FIELD_NUMBER: _ClassVar[int]
    HELLO_OK_FIELD_NUMBER: _ClassVar[int]
    PING_FIELD_NUMBER: _ClassVar[int]
    POSTED_FIELD_NUMBER: _ClassVar[int]
    cancel: Cancel
    delivery: Delivery
    draining: _session_pb2.Draining
    finish_result: FinishResult
    hello_ok: HandlerHelloOk
    ping: _session_pb2.Ping
    posted: Posted
    def __init__(self, hello_ok: _Optional[_Union[HandlerHelloOk, _Mapping]] = ..., delivery: _Optional[_Union[Delivery, _Mapping]] = ..., finish_result: _Optional[_Union[FinishResult, _Mapping]] = ..., cancel: _Optional[_Union[Cancel, _Mapping]] = ..., posted: _Optional[_Union[Posted, _Mapping]] = ..., ping: _Optional[_Union[_session_pb2.Ping, _Mapping]] = ..., draining: _Optional[_Union[_session_pb2.Draining, _Mapping]] = ...) -> None: ...

class HandlerHello(_message.Message):
    __slots__ = ["holding", "instance_token", "maximum_in_flight", "name", "revision", "routes"]
    HOLDING_FIELD_NUMBER: _ClassVar[int]
    INSTANCE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_IN_FLIGHT_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    ROUTES_FIELD_NUMBER: _ClassVar[int]
    holding: _containers.RepeatedCompositeFieldContainer[Holding]
    instance_token: str
    maximum_in_flight: int
    name: str
    revision: int
    routes: _containers.RepeatedCompositeFieldContainer[Route]
    def __init__(self, name: _Optional[str] = ..., revision: _Optional[int] = ..., routes: _Optional[_Iterable[_Union[Route, _Mapping]]] = ..., instance_token: _Optional[str] = ..., holding: _Optional[_Iterable[_Union[Holding, _Mapping]]] = ..., maximum_in_flight: _Optional[int] = ...) -> None: ...

class HandlerHelloOk(_message.Message):
    __slots__ = ["collisions", "holding", "hub", "instance_token", "lease", "session"]
    COLLISIONS_FIELD_NUMBER: _ClassVar[int]
    HOLDING_FIELD_NUMBER: _ClassVar[int]
    HUB_FIELD_NUMBER: _ClassVar[int]
    INSTANCE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    LEASE_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    collisions: _containers.RepeatedCompositeFieldContainer[Collision]
    holding: _containers.RepeatedCompositeFieldContainer[Holding]
    hub: str
    instance_token: str
    lease: _duration_pb2.Duration
    session: str
    def __init__(self, session: _Optional[str] = ..., hub: _Optional[str] = ..., instance_token: _Optional[str] = ..., lease: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., collisions: _Optional[_Iterable[_Union[Collision, _Mapping]]] = ..., holding: _Optional[_Iterable[_Union[Holding, _Mapping]]] = ...) -> None: ...

class HandlerItem(_message.Message):
    __slots__ = ["finish", "hello", "leaving", "nack", "pong", "renew", "say"]
    FINISH_FIELD_NUMBER: _ClassVar[int]
    HELLO_FIELD_NUMBER: _ClassVar[int]
    LEAVING_FIELD_NUMBER: _ClassVar[int]
    NACK_FIELD_NUMBER: _ClassVar[int]
    PONG_FIELD_NUMBER: _ClassVar[int]
    RENEW_FIELD_NUMBER: _ClassVar[int]
    SAY_FIELD_NUMBER: _ClassVar[int]
    finish: Finish
    hello: HandlerHello
    leaving: _session_pb2.Leaving
    nack: Nack
    pong: _session_pb2.Pong
    renew: Renew
    say: Say
    def __init__(self, hello: _Optional[_Union[HandlerHello, _Mapping]] = ..., finish: _Optional[_Union[Finish, _Mapping]] = ..., say: _Optional[_Union[Say, _Mapping]] = ..., nack: _Optional[_Union[Nack, _Mapping]] = ..., renew: _Optional[_Union[Renew, _Mapping]] = ..., pong: _Optional[_Union[_session_pb2.Pong, _Mapping]] = ..., leaving: _Optional[_Union[_session_pb2.Leaving, _Mapping]] = ...) -> None: ...

class HandlersAttachRequest(_message.Message):
    __slots__ = ["items"]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[HandlerItem]
    def __init__(self, items: _Optional[_Iterable[_Union[HandlerItem, _Mapping]]] = ...) -> None: ...

class HandlersAttachResponse(_message.Message):
    __slots__ = ["items"]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[HandlerCommand]
    def __init__(self, items: _Optional[_Iterable[_Union[HandlerCommand, _Mapping]]] = ...) -> None: ...

class Help(_message.Message):
    __slots__ = ["description", "hidden", "usage"]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    HIDDEN_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    description: str
    hidden: bool
    usage: str
    def __init__(self, usage: _Optional[str] = ..., description: _Optional[str] = ..., hidden: bool = ...) -> None: ...

class Holding(_message.Message):
    __slots__ = ["attempt", "delivery"]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    attempt: int
    delivery: str
    def __init__(self, delivery: _Optional[str] = ..., attempt: _Optional[int] = ...) -> None: ...

class ListRoutesRequest(_message.Message):
    __slots__ = ["conversation", "search", "user"]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    SEARCH_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    conversation: _message_pb2.Conversation
    search: str
    user: _message_pb2.User
    def __init__(self, user: _Optional[_Union[_message_pb2.User, _Mapping]] = ..., conversation: _Optional[_Union[_message_pb2.Conversation, _Mapping]] = ..., search: _Optional[str] = ...) -> None: ...

class ListRoutesResponse(_message.Message):
    __slots__ = ["routes"]
    ROUTES_FIELD_NUMBER: _ClassVar[int]
    routes: _containers.RepeatedCompositeFieldContainer[RouteListing]
    def __init__(self, routes: _Optional[_Iterable[_Union[RouteListing, _Mapping]]] = ...) -> None: ...

class Nack(_message.Message):
    __slots__ = ["attempt", "delivery", "retry_after", "why"]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    RETRY_AFTER_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    attempt: int
    delivery: str
    retry_after: _duration_pb2.Duration
    why: str
    def __init__(self, delivery: _Optional[str] = ..., attempt: _Optional[int] = ..., retry_after: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., why: _Optional[str] = ...) -> None: ...

class Posted(_message.Message):
    __slots__ = ["index", "key", "result"]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    index: int
    key: str
    result: _message_pb2.ActionResult
    def __init__(self, key: _Optional[str] = ..., index: _Optional[int] = ..., result: _Optional[_Union[_message_pb2.ActionResult, _Mapping]] = ...) -> None: ...

class RegisterRoutesRequest(_message.Message):
    __slots__ = ["name", "revision", "routes"]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    ROUTES_FIELD_NUMBER: _ClassVar[int]
    name: str
    revision: int
    routes: _containers.RepeatedCompositeFieldContainer[Route]
    def __init__(self, name: _Optional[str] = ..., revision: _Optional[int] = ..., routes: _Optional[_Iterable[_Union[Route, _Mapping]]] = ...) -> None: ...

class RegisterRoutesResponse(_message.Message):
    __slots__ = ["collisions"]
    COLLISIONS_FIELD_NUMBER: _ClassVar[int]
    collisions: _containers.RepeatedCompositeFieldContainer[Collision]
    def __init__(self, collisions: _Optional[_Iterable[_Union[Collision, _Mapping]]] = ...) -> None: ...

class Renew(_message.Message):
    __slots__ = ["deliveries"]
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    deliveries: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, deliveries: _Optional[_Iterable[str]] = ...) -> None: ...

class Route(_message.Message):
    __slots__ = ["addressed_only", "bots", "command", "deadline", "event", "fallback_text", "help", "id", "linger", "max_age", "maximum_attempts", "ordered", "pattern", "precedence", "required_groups"]
    ADDRESSED_ONLY_FIELD_NUMBER: _ClassVar[int]
    BOTS_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    FALLBACK_TEXT_FIELD_NUMBER: _ClassVar[int]
    HELP_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    LINGER_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    MAX_AGE_FIELD_NUMBER: _ClassVar[int]
    ORDERED_FIELD_NUMBER: _ClassVar[int]
    PATTERN_FIELD_NUMBER: _ClassVar[int]
    PRECEDENCE_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_GROUPS_FIELD_NUMBER: _ClassVar[int]
    addressed_only: bool
    bots: bool
    command: Command
    deadline: _duration_pb2.Duration
    event: _message_pb2.EventKind
    fallback_text: str
    help: Help
    id: str
    linger: _duration_pb2.Duration
    max_age: _duration_pb2.Duration
    maximum_attempts: int
    ordered: bool
    pattern: str
    precedence: Precedence
    required_groups: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., pattern: _Optional[str] = ..., command: _Optional[_Union[Command, _Mapping]] = ..., event: _Optional[_Union[_message_pb2.EventKind, str]] = ..., addressed_only: bool = ..., precedence: _Optional[_Union[Precedence, str]] = ..., required_groups: _Optional[_Iterable[str]] = ..., help: _Optional[_Union[Help, _Mapping]] = ..., max_age: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., linger: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., deadline: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., maximum_attempts: _Optional[int] = ..., ordered: bool = ..., bots: bool = ..., fallback_text: _Optional[str] = ...) -> None: ...

class RouteListing(_message.Message):
    __slots__ = ["attached", "handler", "route"]
    ATTACHED_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    ROUTE_FIELD_NUMBER: _ClassVar[int]
    attached: bool
    handler: str
    route: Route
    def __init__(self, handler: _Optional[str] = ..., route: _Optional[_Union[Route, _Mapping]] = ..., attached: bool = ...) -> None: ...

class Say(_message.Message):
    __slots__ = ["actions", "attempt", "delivery", "key"]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    actions: _containers.RepeatedCompositeFieldContainer[_message_pb2.Action]
    attempt: int
    delivery: str
    key: str
    def __init__(self, delivery: _Optional[str] = ..., attempt: _Optional[int] = ..., key: _Optional[str] = ..., actions: _Optional[_Iterable[_Union[_message_pb2.Action, _Mapping]]] = ...) -> None: ...

class Precedence(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class ArgumentType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class FinishOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

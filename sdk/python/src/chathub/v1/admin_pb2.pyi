from chathub.v1 import handlers_pb2 as _handlers_pb2
from chathub.v1 import message_pb2 as _message_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

BOTICA_STATUS_RUNNING: BoticaStatus
BOTICA_STATUS_STARTING: BoticaStatus
BOTICA_STATUS_STOPPED: BoticaStatus
BOTICA_STATUS_UNKNOWN: BoticaStatus
BOTICA_STATUS_UNSPECIFIED: BoticaStatus
BOTICA_STOP_OUTCOME_BUSY: BoticaStopOutcome
BOTICA_STOP_OUTCOME_STOPPED: BoticaStopOutcome
BOTICA_STOP_OUTCOME_TIMEOUT: BoticaStopOutcome
BOTICA_STOP_OUTCOME_UNSPECIFIED: BoticaStopOutcome
DESCRIPTOR: _descriptor.FileDescriptor

class AddAccountRequest(_message.Message):
    __slots__ = ["name", "password"]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    name: str
    password: str
    def __init__(self, name: _Optional[str] = ..., password: _Optional[str] = ...) -> None: ...

class AddAccountResponse(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class AddToGroupRequest(_message.Message):
    __slots__ = ["group", "user"]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    group: str
    user: str
    def __init__(self, group: _Optional[str] = ..., user: _Optional[str] = ...) -> None: ...

class AddToGroupResponse(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class AddTokenRequest(_message.Message):
    __slots__ = ["peer", "rights", "valid_for"]
    PEER_FIELD_NUMBER: _ClassVar[int]
    RIGHTS_FIELD_NUMBER: _ClassVar[int]
    VALID_FOR_FIELD_NUMBER: _ClassVar[int]
    peer: str
    rights: _containers.RepeatedScalarFieldContainer[str]
    valid_for: _duration_pb2.Duration
    def __init__(self, peer: _Optional[str] = ..., rights: _Optional[_Iterable[str]] = ..., valid_for: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class AddTokenResponse(_message.Message):
    __slots__ = ["id", "token"]
    ID_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    id: str
    token: str
    def __init__(self, token: _Optional[str] = ..., id: _Optional[str] = ...) -> None: ...

class BoticaBot(_message.Message):
    __slots__ = ["id", "last_heartbeat", "status"]
    ID_FIELD_NUMBER: _ClassVar[int]
    LAST_HEARTBEAT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    id: str
    last_heartbeat: _timestamp_pb2.Timestamp
    status: BoticaStatus
    def __init__(self, id: _Optional[str] = ..., status: _Optional[_Union[BoticaStatus, str]] = ..., last_heartbeat: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DeadLetter(_message.Message):
    __slots__ = ["actions", "attempts", "conversation", "delivery", "died_at", "id", "mailbox", "why"]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    DIED_AT_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    MAILBOX_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    actions: _containers.RepeatedCompositeFieldContainer[_message_pb2.Action]
    attempts: int
    conversation: _message_pb2.Conversation
    delivery: _handlers_pb2.Delivery
    died_at: _timestamp_pb2.Timestamp
    id: str
    mailbox: str
    why: str
    def __init__(self, id: _Optional[str] = ..., mailbox: _Optional[str] = ..., died_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., why: _Optional[str] = ..., attempts: _Optional[int] = ..., delivery: _Optional[_Union[_handlers_pb2.Delivery, _Mapping]] = ..., actions: _Optional[_Iterable[_Union[_message_pb2.Action, _Mapping]]] = ..., conversation: _Optional[_Union[_message_pb2.Conversation, _Mapping]] = ...) -> None: ...

class DropDeadLettersRequest(_message.Message):
    __slots__ = ["ids", "mailbox"]
    IDS_FIELD_NUMBER: _ClassVar[int]
    MAILBOX_FIELD_NUMBER: _ClassVar[int]
    ids: _containers.RepeatedScalarFieldContainer[str]
    mailbox: str
    def __init__(self, ids: _Optional[_Iterable[str]] = ..., mailbox: _Optional[str] = ...) -> None: ...

class DropDeadLettersResponse(_message.Message):
    __slots__ = ["dropped"]
    DROPPED_FIELD_NUMBER: _ClassVar[int]
    dropped: int
    def __init__(self, dropped: _Optional[int] = ...) -> None: ...

class ExplainMessageRequest(_message.Message):
    __slots__ = ["conversation", "text", "user"]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    conversation: _message_pb2.Conversation
    text: str
    user: _message_pb2.User
    def __init__(self, text: _Optional[str] = ..., user: _Optional[_Union[_message_pb2.User, _Mapping]] = ..., conversation: _Optional[_Union[_message_pb2.Conversation, _Mapping]] = ...) -> None: ...

class ExplainMessageResponse(_message.Message):
    __slots__ = ["addressed", "text", "verdicts"]
    ADDRESSED_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    VERDICTS_FIELD_NUMBER: _ClassVar[int]
    addressed: bool
    text: str
    verdicts: _containers.RepeatedCompositeFieldContainer[RouteVerdict]
    def __init__(self, addressed: bool = ..., text: _Optional[str] = ..., verdicts: _Optional[_Iterable[_Union[RouteVerdict, _Mapping]]] = ...) -> None: ...

class GetDeadLetterRequest(_message.Message):
    __slots__ = ["id"]
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class GetDeadLetterResponse(_message.Message):
    __slots__ = ["dead_letter"]
    DEAD_LETTER_FIELD_NUMBER: _ClassVar[int]
    dead_letter: DeadLetter
    def __init__(self, dead_letter: _Optional[_Union[DeadLetter, _Mapping]] = ...) -> None: ...

class GetStatusRequest(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class GetStatusResponse(_message.Message):
    __slots__ = ["dead_letters", "deliveries", "draining", "engine", "entries_written", "events", "finished", "hub", "in_doubt", "orders", "troubles", "uptime", "version", "waiting_deliveries", "waiting_orders"]
    DEAD_LETTERS_FIELD_NUMBER: _ClassVar[int]
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    DRAINING_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_WRITTEN_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    FINISHED_FIELD_NUMBER: _ClassVar[int]
    HUB_FIELD_NUMBER: _ClassVar[int]
    IN_DOUBT_FIELD_NUMBER: _ClassVar[int]
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    TROUBLES_FIELD_NUMBER: _ClassVar[int]
    UPTIME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    WAITING_DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    WAITING_ORDERS_FIELD_NUMBER: _ClassVar[int]
    dead_letters: int
    deliveries: int
    draining: bool
    engine: str
    entries_written: int
    events: int
    finished: int
    hub: str
    in_doubt: int
    orders: int
    troubles: _containers.RepeatedScalarFieldContainer[str]
    uptime: _duration_pb2.Duration
    version: str
    waiting_deliveries: int
    waiting_orders: int
    def __init__(self, hub: _Optional[str] = ..., version: _Optional[str] = ..., engine: _Optional[str] = ..., uptime: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., troubles: _Optional[_Iterable[str]] = ..., events: _Optional[int] = ..., deliveries: _Optional[int] = ..., finished: _Optional[int] = ..., orders: _Optional[int] = ..., dead_letters: _Optional[int] = ..., in_doubt: _Optional[int] = ..., waiting_deliveries: _Optional[int] = ..., waiting_orders: _Optional[int] = ..., draining: bool = ..., entries_written: _Optional[int] = ...) -> None: ...

class Group(_message.Message):
    __slots__ = ["name", "users"]
    NAME_FIELD_NUMBER: _ClassVar[int]
    USERS_FIELD_NUMBER: _ClassVar[int]
    name: str
    users: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., users: _Optional[_Iterable[str]] = ...) -> None: ...

class ListAccountsRequest(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class ListAccountsResponse(_message.Message):
    __slots__ = ["names"]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    names: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, names: _Optional[_Iterable[str]] = ...) -> None: ...

class ListBoticaBotsRequest(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class ListBoticaBotsResponse(_message.Message):
    __slots__ = ["bots"]
    BOTS_FIELD_NUMBER: _ClassVar[int]
    bots: _containers.RepeatedCompositeFieldContainer[BoticaBot]
    def __init__(self, bots: _Optional[_Iterable[_Union[BoticaBot, _Mapping]]] = ...) -> None: ...

class ListDeadLettersRequest(_message.Message):
    __slots__ = ["mailbox", "page_size", "page_token"]
    MAILBOX_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    mailbox: str
    page_size: int
    page_token: str
    def __init__(self, mailbox: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDeadLettersResponse(_message.Message):
    __slots__ = ["dead_letters", "next_page_token"]
    DEAD_LETTERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    dead_letters: _containers.RepeatedCompositeFieldContainer[DeadLetter]
    next_page_token: str
    def __init__(self, dead_letters: _Optional[_Iterable[_Union[DeadLetter, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListGroupsRequest(_message.Message):
    __slots__ = ["group"]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    group: str
    def __init__(self, group: _Optional[str] = ...) -> None: ...

class ListGroupsResponse(_message.Message):
    __slots__ = ["groups"]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    groups: _containers.RepeatedCompositeFieldContainer[Group]
    def __init__(self, groups: _Optional[_Iterable[_Union[Group, _Mapping]]] = ...) -> None: ...

class ListKeptRoutesRequest(_message.Message):
    __slots__ = ["handler"]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    handler: str
    def __init__(self, handler: _Optional[str] = ...) -> None: ...

class ListKeptRoutesResponse(_message.Message):
    __slots__ = ["routes"]
    ROUTES_FIELD_NUMBER: _ClassVar[int]
    routes: _containers.RepeatedCompositeFieldContainer[_handlers_pb2.RouteListing]
    def __init__(self, routes: _Optional[_Iterable[_Union[_handlers_pb2.RouteListing, _Mapping]]] = ...) -> None: ...

class ListPeersRequest(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class ListPeersResponse(_message.Message):
    __slots__ = ["peers"]
    PEERS_FIELD_NUMBER: _ClassVar[int]
    peers: _containers.RepeatedCompositeFieldContainer[Peer]
    def __init__(self, peers: _Optional[_Iterable[_Union[Peer, _Mapping]]] = ...) -> None: ...

class ListTokensRequest(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class ListTokensResponse(_message.Message):
    __slots__ = ["tokens"]
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    tokens: _containers.RepeatedCompositeFieldContainer[Token]
    def __init__(self, tokens: _Optional[_Iterable[_Union[Token, _Mapping]]] = ...) -> None: ...

class Peer(_message.Message):
    __slots__ = ["attached_at", "in_flight", "leaving", "name", "revision", "routes", "service", "session", "waiting"]
    ATTACHED_AT_FIELD_NUMBER: _ClassVar[int]
    IN_FLIGHT_FIELD_NUMBER: _ClassVar[int]
    LEAVING_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    ROUTES_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    attached_at: _timestamp_pb2.Timestamp
    in_flight: int
    leaving: bool
    name: str
    revision: int
    routes: int
    service: str
    session: str
    waiting: int
    def __init__(self, name: _Optional[str] = ..., session: _Optional[str] = ..., attached_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., in_flight: _Optional[int] = ..., waiting: _Optional[int] = ..., revision: _Optional[int] = ..., routes: _Optional[int] = ..., service: _Optional[str] = ..., leaving: bool = ...) -> None: ...

class ReloadRequest(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class ReloadResponse(_message.Message):
    __slots__ = ["changes"]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, changes: _Optional[_Iterable[str]] = ...) -> None: ...

class RemoveAccountRequest(_message.Message):
    __slots__ = ["name"]
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class RemoveAccountResponse(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class RemoveFromGroupRequest(_message.Message):
    __slots__ = ["group", "user"]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    group: str
    user: str
    def __init__(self, group: _Optional[str] = ..., user: _Optional[str] = ...) -> None: ...

class RemoveFromGroupResponse(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class ReplayDeadLettersRequest(_message.Message):
    __slots__ = ["ids", "mailbox"]
    IDS_FIELD_NUMBER: _ClassVar[int]
    MAILBOX_FIELD_NUMBER: _ClassVar[int]
    ids: _containers.RepeatedScalarFieldContainer[str]
    mailbox: str
    def __init__(self, ids: _Optional[_Iterable[str]] = ..., mailbox: _Optional[str] = ...) -> None: ...

class ReplayDeadLettersResponse(_message.Message):
    __slots__ = ["replayed"]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    replayed: int
    def __init__(self, replayed: _Optional[int] = ...) -> None: ...

class RevokeTokenRequest(_message.Message):
    __slots__ = ["id"]
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class RevokeTokenResponse(_message.Message):
    __slots__ = ["revoked"]
    REVOKED_FIELD_NUMBER: _ClassVar[int]
    revoked: int
    def __init__(self, revoked: _Optional[int] = ...) -> None: ...

class RouteVerdict(_message.Message):
    __slots__ = ["handler", "reached", "route", "why"]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    ROUTE_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    handler: str
    reached: bool
    route: str
    why: str
    def __init__(self, handler: _Optional[str] = ..., route: _Optional[str] = ..., reached: bool = ..., why: _Optional[str] = ...) -> None: ...

class StopBoticaBotRequest(_message.Message):
    __slots__ = ["force", "id"]
    FORCE_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    force: bool
    id: str
    def __init__(self, id: _Optional[str] = ..., force: bool = ...) -> None: ...

class StopBoticaBotResponse(_message.Message):
    __slots__ = ["outcome"]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    outcome: BoticaStopOutcome
    def __init__(self, outcome: _Optional[_Union[BoticaStopOutcome, str]] = ...) -> None: ...

class TailEntry(_message.Message):
    __slots__ = ["at", "id", "text", "to", "what"]
    AT_FIELD_NUMBER: _ClassVar[int]
    FROM_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    WHAT_FIELD_NUMBER: _ClassVar[int]
    at: _timestamp_pb2.Timestamp
    id: str
    text: str
    to: str
    what: str
    def __init__(self, at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., what: _Optional[str] = ..., id: _Optional[str] = ..., to: _Optional[str] = ..., text: _Optional[str] = ..., **kwargs) -> None: ...

class TailRequest(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class TailResponse(_message.Message):
    __slots__ = ["entries"]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[TailEntry]
    def __init__(self, entries: _Optional[_Iterable[_Union[TailEntry, _Mapping]]] = ...) -> None: ...

class Token(_message.Message):
    __slots__ = ["created_at", "expires_at", "id", "peer", "rights"]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_AT_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    PEER_FIELD_NUMBER: _ClassVar[int]
    RIGHTS_FIELD_NUMBER: _ClassVar[int]
    created_at: _timestamp_pb2.Timestamp
    expires_at: _timestamp_pb2.Timestamp
    id: str
    peer: str
    rights: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., peer: _Optional[str] = ..., rights: _Optional[_Iterable[str]] = ..., created_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., expires_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class BoticaStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class BoticaStopOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

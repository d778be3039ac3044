from chathub.v1 import problem_pb2 as _problem_pb2
from google.protobuf import any_pb2 as _any_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
EVENT_KIND_DELETED: EventKind
EVENT_KIND_EDITED: EventKind
EVENT_KIND_JOINED: EventKind
EVENT_KIND_LEFT: EventKind
EVENT_KIND_MESSAGE: EventKind
EVENT_KIND_REACTION: EventKind
EVENT_KIND_TOPIC: EventKind
EVENT_KIND_UNSPECIFIED: EventKind
TEXT_FORMAT_MARKDOWN: TextFormat
TEXT_FORMAT_UNSPECIFIED: TextFormat

class Action(_message.Message):
    __slots__ = ["delete", "edit", "join", "part", "react", "send", "topic", "typing"]
    DELETE_FIELD_NUMBER: _ClassVar[int]
    EDIT_FIELD_NUMBER: _ClassVar[int]
    JOIN_FIELD_NUMBER: _ClassVar[int]
    PART_FIELD_NUMBER: _ClassVar[int]
    REACT_FIELD_NUMBER: _ClassVar[int]
    SEND_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    TYPING_FIELD_NUMBER: _ClassVar[int]
    delete: DeleteAction
    edit: EditAction
    join: JoinAction
    part: PartAction
    react: ReactAction
    send: SendAction
    topic: TopicAction
    typing: TypingAction
    def __init__(self, send: _Optional[_Union[SendAction, _Mapping]] = ..., edit: _Optional[_Union[EditAction, _Mapping]] = ..., react: _Optional[_Union[ReactAction, _Mapping]] = ..., delete: _Optional[_Union[DeleteAction, _Mapping]] = ..., typing: _Optional[_Union[TypingAction, _Mapping]] = ..., join: _Optional[_Union[JoinAction, _Mapping]] = ..., part: _Optional[_Union[PartAction, _Mapping]] = ..., topic: _Optional[_Union[TopicAction, _Mapping]] = ...) -> None: ...

class ActionResult(_message.Message):
    __slots__ = ["platform_ids", "problem"]
    PLATFORM_IDS_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    platform_ids: _containers.RepeatedScalarFieldContainer[str]
    problem: _problem_pb2.Problem
    def __init__(self, platform_ids: _Optional[_Iterable[str]] = ..., problem: _Optional[_Union[_problem_pb2.Problem, _Mapping]] = ...) -> None: ...

class Attachment(_message.Message):
    __slots__ = ["content", "media_type", "name", "size", "url"]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    media_type: str
    name: str
    size: int
    url: str
    def __init__(self, name: _Optional[str] = ..., media_type: _Optional[str] = ..., url: _Optional[str] = ..., content: _Optional[bytes] = ..., size: _Optional[int] = ...) -> None: ...

class Block(_message.Message):
    __slots__ = ["code", "divider", "heading", "list", "paragraph", "quote", "table"]
    CODE_FIELD_NUMBER: _ClassVar[int]
    DIVIDER_FIELD_NUMBER: _ClassVar[int]
    HEADING_FIELD_NUMBER: _ClassVar[int]
    LIST_FIELD_NUMBER: _ClassVar[int]
    PARAGRAPH_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    TABLE_FIELD_NUMBER: _ClassVar[int]
    code: CodeBlock
    divider: Divider
    heading: Heading
    list: ListBlock
    paragraph: Paragraph
    quote: QuoteBlock
    table: TableBlock
    def __init__(self, paragraph: _Optional[_Union[Paragraph, _Mapping]] = ..., heading: _Optional[_Union[Heading, _Mapping]] = ..., list: _Optional[_Union[ListBlock, _Mapping]] = ..., quote: _Optional[_Union[QuoteBlock, _Mapping]] = ..., code: _Optional[_Union[CodeBlock, _Mapping]] = ..., table: _Optional[_Union[TableBlock, _Mapping]] = ..., divider: _Optional[_Union[Divider, _Mapping]] = ...) -> None: ...

class ChatMessage(_message.Message):
    __slots__ = ["addressed", "content", "platform_id"]
    ADDRESSED_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    PLATFORM_ID_FIELD_NUMBER: _ClassVar[int]
    addressed: bool
    content: Content
    platform_id: str
    def __init__(self, content: _Optional[_Union[Content, _Mapping]] = ..., platform_id: _Optional[str] = ..., addressed: bool = ...) -> None: ...

class CodeBlock(_message.Message):
    __slots__ = ["language", "text"]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    language: str
    text: str
    def __init__(self, text: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class Content(_message.Message):
    __slots__ = ["attachments", "blocks", "format", "native", "reply_to", "text"]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    BLOCKS_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    NATIVE_FIELD_NUMBER: _ClassVar[int]
    REPLY_TO_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    attachments: _containers.RepeatedCompositeFieldContainer[Attachment]
    blocks: _containers.RepeatedCompositeFieldContainer[Block]
    format: TextFormat
    native: _any_pb2.Any
    reply_to: str
    text: str
    def __init__(self, text: _Optional[str] = ..., format: _Optional[_Union[TextFormat, str]] = ..., blocks: _Optional[_Iterable[_Union[Block, _Mapping]]] = ..., attachments: _Optional[_Iterable[_Union[Attachment, _Mapping]]] = ..., reply_to: _Optional[str] = ..., native: _Optional[_Union[_any_pb2.Any, _Mapping]] = ...) -> None: ...

class Conversation(_message.Message):
    __slots__ = ["adapter", "room", "thread", "user"]
    ADAPTER_FIELD_NUMBER: _ClassVar[int]
    ROOM_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    adapter: str
    room: str
    thread: str
    user: str
    def __init__(self, adapter: _Optional[str] = ..., room: _Optional[str] = ..., thread: _Optional[str] = ..., user: _Optional[str] = ...) -> None: ...

class DeleteAction(_message.Message):
    __slots__ = ["target"]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    target: MessageRef
    def __init__(self, target: _Optional[_Union[MessageRef, _Mapping]] = ...) -> None: ...

class Divider(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class EditAction(_message.Message):
    __slots__ = ["content", "target"]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    content: Content
    target: MessageRef
    def __init__(self, target: _Optional[_Union[MessageRef, _Mapping]] = ..., content: _Optional[_Union[Content, _Mapping]] = ...) -> None: ...

class Event(_message.Message):
    __slots__ = ["conversation", "deleted", "edited", "id", "joined", "left", "message", "native", "reaction", "room", "sent_at", "topic", "user"]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    DELETED_FIELD_NUMBER: _ClassVar[int]
    EDITED_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    JOINED_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    NATIVE_FIELD_NUMBER: _ClassVar[int]
    REACTION_FIELD_NUMBER: _ClassVar[int]
    ROOM_FIELD_NUMBER: _ClassVar[int]
    SENT_AT_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    conversation: Conversation
    deleted: MessageDeleted
    edited: MessageEdited
    id: str
    joined: UserJoined
    left: UserLeft
    message: ChatMessage
    native: _any_pb2.Any
    reaction: ReactionChanged
    room: Room
    sent_at: _timestamp_pb2.Timestamp
    topic: TopicChanged
    user: User
    def __init__(self, id: _Optional[str] = ..., conversation: _Optional[_Union[Conversation, _Mapping]] = ..., user: _Optional[_Union[User, _Mapping]] = ..., room: _Optional[_Union[Room, _Mapping]] = ..., sent_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., native: _Optional[_Union[_any_pb2.Any, _Mapping]] = ..., message: _Optional[_Union[ChatMessage, _Mapping]] = ..., edited: _Optional[_Union[MessageEdited, _Mapping]] = ..., deleted: _Optional[_Union[MessageDeleted, _Mapping]] = ..., reaction: _Optional[_Union[ReactionChanged, _Mapping]] = ..., joined: _Optional[_Union[UserJoined, _Mapping]] = ..., left: _Optional[_Union[UserLeft, _Mapping]] = ..., topic: _Optional[_Union[TopicChanged, _Mapping]] = ...) -> None: ...

class Heading(_message.Message):
    __slots__ = ["level", "spans"]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    SPANS_FIELD_NUMBER: _ClassVar[int]
    level: int
    spans: _containers.RepeatedCompositeFieldContainer[Span]
    def __init__(self, level: _Optional[int] = ..., spans: _Optional[_Iterable[_Union[Span, _Mapping]]] = ...) -> None: ...

class JoinAction(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class ListBlock(_message.Message):
    __slots__ = ["items", "ordered"]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    ORDERED_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[ListItem]
    ordered: bool
    def __init__(self, ordered: bool = ..., items: _Optional[_Iterable[_Union[ListItem, _Mapping]]] = ...) -> None: ...

class ListItem(_message.Message):
    __slots__ = ["blocks"]
    BLOCKS_FIELD_NUMBER: _ClassVar[int]
    blocks: _containers.RepeatedCompositeFieldContainer[Block]
    def __init__(self, blocks: _Optional[_Iterable[_Union[Block, _Mapping]]] = ...) -> None: ...

class MessageDeleted(_message.Message):
    __slots__ = ["platform_id"]
    PLATFORM_ID_FIELD_NUMBER: _ClassVar[int]
    platform_id: str
    def __init__(self, platform_id: _Optional[str] = ...) -> None: ...

class MessageEdited(_message.Message):
    __slots__ = ["content", "platform_id"]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    PLATFORM_ID_FIELD_NUMBER: _ClassVar[int]
    content: Content
    platform_id: str
    def __init__(self, platform_id: _Optional[str] = ..., content: _Optional[_Union[Content, _Mapping]] = ...) -> None: ...

class MessageRef(_message.Message):
    __slots__ = ["platform_id", "posted"]
    PLATFORM_ID_FIELD_NUMBER: _ClassVar[int]
    POSTED_FIELD_NUMBER: _ClassVar[int]
    platform_id: str
    posted: PostedRef
    def __init__(self, platform_id: _Optional[str] = ..., posted: _Optional[_Union[PostedRef, _Mapping]] = ...) -> None: ...

class Paragraph(_message.Message):
    __slots__ = ["spans"]
    SPANS_FIELD_NUMBER: _ClassVar[int]
    spans: _containers.RepeatedCompositeFieldContainer[Span]
    def __init__(self, spans: _Optional[_Iterable[_Union[Span, _Mapping]]] = ...) -> None: ...

class PartAction(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class PostedRef(_message.Message):
    __slots__ = ["index", "key"]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    index: int
    key: str
    def __init__(self, key: _Optional[str] = ..., index: _Optional[int] = ...) -> None: ...

class QuoteBlock(_message.Message):
    __slots__ = ["blocks"]
    BLOCKS_FIELD_NUMBER: _ClassVar[int]
    blocks: _containers.RepeatedCompositeFieldContainer[Block]
    def __init__(self, blocks: _Optional[_Iterable[_Union[Block, _Mapping]]] = ...) -> None: ...

class ReactAction(_message.Message):
    __slots__ = ["emoji", "remove", "target"]
    EMOJI_FIELD_NUMBER: _ClassVar[int]
    REMOVE_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    emoji: str
    remove: bool
    target: MessageRef
    def __init__(self, target: _Optional[_Union[MessageRef, _Mapping]] = ..., emoji: _Optional[str] = ..., remove: bool = ...) -> None: ...

class ReactionChanged(_message.Message):
    __slots__ = ["emoji", "platform_id", "removed"]
    EMOJI_FIELD_NUMBER: _ClassVar[int]
    PLATFORM_ID_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    emoji: str
    platform_id: str
    removed: bool
    def __init__(self, platform_id: _Optional[str] = ..., emoji: _Optional[str] = ..., removed: bool = ...) -> None: ...

class Room(_message.Message):
    __slots__ = ["id", "joined", "name", "topic"]
    ID_FIELD_NUMBER: _ClassVar[int]
    JOINED_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    id: str
    joined: bool
    name: str
    topic: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., topic: _Optional[str] = ..., joined: bool = ...) -> None: ...

class SendAction(_message.Message):
    __slots__ = ["content", "not_before"]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    NOT_BEFORE_FIELD_NUMBER: _ClassVar[int]
    content: Content
    not_before: _timestamp_pb2.Timestamp
    def __init__(self, content: _Optional[_Union[Content, _Mapping]] = ..., not_before: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Span(_message.Message):
    __slots__ = ["bold", "code", "italic", "link", "mention", "strike", "text"]
    BOLD_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    ITALIC_FIELD_NUMBER: _ClassVar[int]
    LINK_FIELD_NUMBER: _ClassVar[int]
    MENTION_FIELD_NUMBER: _ClassVar[int]
    STRIKE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    bold: bool
    code: bool
    italic: bool
    link: str
    mention: str
    strike: bool
    text: str
    def __init__(self, text: _Optional[str] = ..., bold: bool = ..., italic: bool = ..., strike: bool = ..., code: bool = ..., link: _Optional[str] = ..., mention: _Optional[str] = ...) -> None: ...

class TableBlock(_message.Message):
    __slots__ = ["header", "rows"]
    HEADER_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    header: TableRow
    rows: _containers.RepeatedCompositeFieldContainer[TableRow]
    def __init__(self, header: _Optional[_Union[TableRow, _Mapping]] = ..., rows: _Optional[_Iterable[_Union[TableRow, _Mapping]]] = ...) -> None: ...

class TableCell(_message.Message):
    __slots__ = ["spans"]
    SPANS_FIELD_NUMBER: _ClassVar[int]
    spans: _containers.RepeatedCompositeFieldContainer[Span]
    def __init__(self, spans: _Optional[_Iterable[_Union[Span, _Mapping]]] = ...) -> None: ...

class TableRow(_message.Message):
    __slots__ = ["cells"]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    cells: _containers.RepeatedCompositeFieldContainer[TableCell]
    def __init__(self, cells: _Optional[_Iterable[_Union[TableCell, _Mapping]]] = ...) -> None: ...

class TopicAction(_message.Message):
    __slots__ = ["topic"]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    topic: str
    def __init__(self, topic: _Optional[str] = ...) -> None: ...

class TopicChanged(_message.Message):
    __slots__ = ["topic"]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    topic: str
    def __init__(self, topic: _Optional[str] = ...) -> None: ...

class TypingAction(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class User(_message.Message):
    __slots__ = ["authenticated", "bot", "id", "mention_name", "name"]
    AUTHENTICATED_FIELD_NUMBER: _ClassVar[int]
    BOT_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    MENTION_NAME_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    authenticated: bool
    bot: bool
    id: str
    mention_name: str
    name: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., mention_name: _Optional[str] = ..., bot: bool = ..., authenticated: bool = ...) -> None: ...

class UserJoined(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class UserLeft(_message.Message):
    __slots__ = ["reason"]
    REASON_FIELD_NUMBER: _ClassVar[int]
    reason: str
    def __init__(self, reason: _Optional[str] = ...) -> None: ...

class TextFormat(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class EventKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

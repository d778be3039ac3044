from chathub.v1 import message_pb2 as _message_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DeleteMessageRequest(_message.Message):
    __slots__ = ["conversation", "request_id", "target"]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    conversation: _message_pb2.Conversation
    request_id: str
    target: _message_pb2.MessageRef
    def __init__(self, request_id: _Optional[str] = ..., conversation: _Optional[_Union[_message_pb2.Conversation, _Mapping]] = ..., target: _Optional[_Union[_message_pb2.MessageRef, _Mapping]] = ...) -> None: ...

class DeleteMessageResponse(_message.Message):
    __slots__ = ["key"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    key: str
    def __init__(self, key: _Optional[str] = ...) -> None: ...

class EditMessageRequest(_message.Message):
    __slots__ = ["content", "conversation", "request_id", "target"]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    content: _message_pb2.Content
    conversation: _message_pb2.Conversation
    request_id: str
    target: _message_pb2.MessageRef
    def __init__(self, request_id: _Optional[str] = ..., conversation: _Optional[_Union[_message_pb2.Conversation, _Mapping]] = ..., target: _Optional[_Union[_message_pb2.MessageRef, _Mapping]] = ..., content: _Optional[_Union[_message_pb2.Content, _Mapping]] = ...) -> None: ...

class EditMessageResponse(_message.Message):
    __slots__ = ["key"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    key: str
    def __init__(self, key: _Optional[str] = ...) -> None: ...

class JoinRoomRequest(_message.Message):
    __slots__ = ["request_id", "room"]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ROOM_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    room: str
    def __init__(self, request_id: _Optional[str] = ..., room: _Optional[str] = ...) -> None: ...

class JoinRoomResponse(_message.Message):
    __slots__ = ["key"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    key: str
    def __init__(self, key: _Optional[str] = ...) -> None: ...

class PartRoomRequest(_message.Message):
    __slots__ = ["request_id", "room"]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ROOM_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    room: str
    def __init__(self, request_id: _Optional[str] = ..., room: _Optional[str] = ...) -> None: ...

class PartRoomResponse(_message.Message):
    __slots__ = ["key"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    key: str
    def __init__(self, key: _Optional[str] = ...) -> None: ...

class ReactRequest(_message.Message):
    __slots__ = ["conversation", "emoji", "remove", "request_id", "target"]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    EMOJI_FIELD_NUMBER: _ClassVar[int]
    REMOVE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    conversation: _message_pb2.Conversation
    emoji: str
    remove: bool
    request_id: str
    target: _message_pb2.MessageRef
    def __init__(self, request_id: _Optional[str] = ..., conversation: _Optional[_Union[_message_pb2.Conversation, _Mapping]] = ..., target: _Optional[_Union[_message_pb2.MessageRef, _Mapping]] = ..., emoji: _Optional[str] = ..., remove: bool = ...) -> None: ...

class ReactResponse(_message.Message):
    __slots__ = ["key"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    key: str
    def __init__(self, key: _Optional[str] = ...) -> None: ...

class SendMessageRequest(_message.Message):
    __slots__ = ["content", "conversation", "not_before", "request_id"]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    NOT_BEFORE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    content: _message_pb2.Content
    conversation: _message_pb2.Conversation
    not_before: _timestamp_pb2.Timestamp
    request_id: str
    def __init__(self, request_id: _Optional[str] = ..., conversation: _Optional[_Union[_message_pb2.Conversation, _Mapping]] = ..., content: _Optional[_Union[_message_pb2.Content, _Mapping]] = ..., not_before: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SendMessageResponse(_message.Message):
    __slots__ = ["key"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    key: str
    def __init__(self, key: _Optional[str] = ...) -> None: ...

class SetTopicRequest(_message.Message):
    __slots__ = ["request_id", "room", "topic"]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ROOM_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    room: str
    topic: str
    def __init__(self, request_id: _Optional[str] = ..., room: _Optional[str] = ..., topic: _Optional[str] = ...) -> None: ...

class SetTopicResponse(_message.Message):
    __slots__ = ["key"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    key: str
    def __init__(self, key: _Optional[str] = ...) -> None: ...

class ShowTypingRequest(_message.Message):
    __slots__ = ["conversation"]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    conversation: _message_pb2.Conversation
    def __init__(self, conversation: _Optional[_Union[_message_pb2.Conversation, _Mapping]] = ...) -> None: ...

class ShowTypingResponse(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class StoreBatchRequest(_message.Message):
    __slots__ = ["writes"]
    WRITES_FIELD_NUMBER: _ClassVar[int]
    writes: _containers.RepeatedCompositeFieldContainer[StoreWrite]
    def __init__(self, writes: _Optional[_Iterable[_Union[StoreWrite, _Mapping]]] = ...) -> None: ...

class StoreBatchResponse(_message.Message):
    __slots__ = ["revisions"]
    REVISIONS_FIELD_NUMBER: _ClassVar[int]
    revisions: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, revisions: _Optional[_Iterable[int]] = ...) -> None: ...

class StoreChange(_message.Message):
    __slots__ = ["deleted", "entry"]
    DELETED_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    deleted: bool
    entry: StoreEntry
    def __init__(self, entry: _Optional[_Union[StoreEntry, _Mapping]] = ..., deleted: bool = ...) -> None: ...

class StoreConflict(_message.Message):
    __slots__ = ["key", "revision"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    key: str
    revision: int
    def __init__(self, key: _Optional[str] = ..., revision: _Optional[int] = ...) -> None: ...

class StoreDeleteRequest(_message.Message):
    __slots__ = ["if_revision", "key"]
    IF_REVISION_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    if_revision: int
    key: str
    def __init__(self, key: _Optional[str] = ..., if_revision: _Optional[int] = ...) -> None: ...

class StoreDeleteResponse(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class StoreEntry(_message.Message):
    __slots__ = ["expires_at", "key", "revision", "value"]
    EXPIRES_AT_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    expires_at: _timestamp_pb2.Timestamp
    key: str
    revision: int
    value: bytes
    def __init__(self, key: _Optional[str] = ..., value: _Optional[bytes] = ..., revision: _Optional[int] = ..., expires_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class StoreGetRequest(_message.Message):
    __slots__ = ["key"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    key: str
    def __init__(self, key: _Optional[str] = ...) -> None: ...

class StoreGetResponse(_message.Message):
    __slots__ = ["entry"]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    entry: StoreEntry
    def __init__(self, entry: _Optional[_Union[StoreEntry, _Mapping]] = ...) -> None: ...

class StoreListRequest(_message.Message):
    __slots__ = ["page_size", "page_token", "prefix"]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    PREFIX_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    prefix: str
    def __init__(self, prefix: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class StoreListResponse(_message.Message):
    __slots__ = ["entries", "next_page_token"]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[StoreEntry]
    next_page_token: str
    def __init__(self, entries: _Optional[_Iterable[_Union[StoreEntry, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class StorePut(_message.Message):
    __slots__ = ["ttl", "value"]
    TTL_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    ttl: _duration_pb2.Duration
    value: bytes
    def __init__(self, value: _Optional[bytes] = ..., ttl: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class StorePutRequest(_message.Message):
    __slots__ = ["if_revision", "key", "ttl", "value"]
    IF_REVISION_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    TTL_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    if_revision: int
    key: str
    ttl: _duration_pb2.Duration
    value: bytes
    def __init__(self, key: _Optional[str] = ..., value: _Optional[bytes] = ..., ttl: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., if_revision: _Optional[int] = ...) -> None: ...

class StorePutResponse(_message.Message):
    __slots__ = ["revision"]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    revision: int
    def __init__(self, revision: _Optional[int] = ...) -> None: ...

class StoreRemove(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class StoreWatchRequest(_message.Message):
    __slots__ = ["prefix", "with_present"]
    PREFIX_FIELD_NUMBER: _ClassVar[int]
    WITH_PRESENT_FIELD_NUMBER: _ClassVar[int]
    prefix: str
    with_present: bool
    def __init__(self, prefix: _Optional[str] = ..., with_present: bool = ...) -> None: ...

class StoreWatchResponse(_message.Message):
    __slots__ = ["changes"]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[StoreChange]
    def __init__(self, changes: _Optional[_Iterable[_Union[StoreChange, _Mapping]]] = ...) -> None: ...

class StoreWrite(_message.Message):
    __slots__ = ["add", "delete", "if_revision", "key", "put"]
    ADD_FIELD_NUMBER: _ClassVar[int]
    DELETE_FIELD_NUMBER: _ClassVar[int]
    IF_REVISION_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    PUT_FIELD_NUMBER: _ClassVar[int]
    add: int
    delete: StoreRemove
    if_revision: int
    key: str
    put: StorePut
    def __init__(self, key: _Optional[str] = ..., put: _Optional[_Union[StorePut, _Mapping]] = ..., delete: _Optional[_Union[StoreRemove, _Mapping]] = ..., add: _Optional[int] = ..., if_revision: _Optional[int] = ...) -> None: ...

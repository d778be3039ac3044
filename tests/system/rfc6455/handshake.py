"""Section 4.2: the request that a WebSocket begins with, and what is answered."""

from typing import NamedTuple

KEY = "dGhlIHNhbXBsZSBub25jZQ=="  # of the example in section 1.3, as what belongs to it
ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

_FIELDS = {
    "Host": "127.0.0.1",
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Key": KEY,
    "Sec-WebSocket-Version": "13",
}


class Handshake(NamedTuple):
    """What a client sends, piece by piece, and the statuses that are right; 101 proves itself."""

    name: str
    says: tuple
    statuses: tuple


def _request(line="GET /wnet/ws HTTP/1.1", more=(), ending="\r\n", **changes):
    """`Upgrade=None` leaves a field out; `_` stands for `-`; `more` is added as it is."""
    fields = dict(_FIELDS)
    for name, value in changes.items():
        fields[name.replace("_", "-")] = value
    lines = [
        line,
        *(f"{name}: {value}" for name, value in fields.items() if value is not None),
        *more,
    ]
    return (ending.join(lines) + ending * 2).encode("latin-1")


def _case(name, request, *statuses):
    return Handshake(name, request if isinstance(request, tuple) else (request,), statuses)


_GOOD = [
    _case("the example of section 1.3", _request(), 101),
    _case("a request in single bytes", tuple(bytes([b]) for b in _request()), 101),
    _case("a query", _request("GET /wnet/ws?name=value HTTP/1.1"), 101),
    _case("a whole address", _request("GET http://127.0.0.1/wnet/ws HTTP/1.1"), 101),
    _case("a path that nobody has", _request("GET /chat HTTP/1.1"), 101),
    _case("Upgrade in capitals", _request(Upgrade="WEBSOCKET"), 101),
    _case("Upgrade lists several", _request(Upgrade="h2c, websocket"), 101),
    _case("Connection in capitals", _request(Connection="UPGRADE"), 101),
    _case("Connection lists several", _request(Connection="keep-alive, Upgrade"), 101),
    _case("Connection twice", _request(more=("Connection: keep-alive",)), 101),
    _case(
        "names of fields in small letters",
        _request()
        .lower()
        .replace(KEY.lower().encode(), KEY.encode())
        .replace(b"get ", b"GET ")
        .replace(b"http/", b"HTTP/"),
        101,
    ),
    _case("no space behind the colons", _request().replace(b": ", b":"), 101),
    _case(
        "spaces around values", _request(Upgrade="  websocket\t", Sec_WebSocket_Version="13 "), 101
    ),
    _case(
        "extensions nobody here knows",
        _request(Sec_WebSocket_Extensions="permessage-deflate; client_max_window_bits, x-foo"),
        101,
    ),
    _case(
        "a subprotocol nobody here knows", _request(Sec_WebSocket_Protocol="chat, superchat"), 101
    ),
    _case("fields nobody knows", _request(more=("X-One: 1", "X-Two: 2", "User-Agent: x")), 101),
    _case("a cookie", _request(Cookie="auth=none"), 101),
    _case("a body of no bytes", _request(Content_Length="0"), 101),
    _case("another key", _request(Sec_WebSocket_Key="AAAAAAAAAAAAAAAAAAAAAA=="), 101),
    _case("a page of this machine", _request(Origin="http://localhost:3000"), 101),
]

_BAD = [
    *(
        _case(f"no {name}", _request(**{name: None}), *statuses)
        for name, statuses in (
            ("Host", (400,)),
            ("Upgrade", (400, 426)),
            ("Connection", (400, 426)),
            ("Sec-WebSocket-Key", (400,)),
            ("Sec-WebSocket-Version", (400, 426)),
        )
    ),
    *(
        _case(f"Upgrade is {value!r}", _request(Upgrade=value), 400, 426)
        for value in ("", "web socket", "websockets", "h2c")
    ),
    *(
        _case(f"Connection is {value!r}", _request(Connection=value), 400, 426)
        for value in ("", "keep-alive", "Upgrades", "close")
    ),
    *(
        _case(f"version {value!r}", _request(Sec_WebSocket_Version=value), 426)
        for value in ("", "0", "7", "8", "12", "14", "113", "13, 8", "x")
    ),
    *(
        _case(f"the key {value!r}", _request(Sec_WebSocket_Key=value), 400)
        for value in (
            "",
            "x",
            KEY[:-1],
            KEY + "=",
            KEY[:-2],
            "dGhlIHNhbXBsZSBub25jZS4u",
            "!" * 22 + "==",
            "A" * 1000,
        )
    ),
    *(
        _case(f"{line.split()[0]} instead of GET", _request(line), 400, 405, 426)
        for line in (
            "POST / HTTP/1.1",
            "HEAD /wnet/ws HTTP/1.1",
            "PUT / HTTP/1.1",
            "OPTIONS / HTTP/1.1",
            "get / HTTP/1.1",
            "BREW / HTTP/1.1",
        )
    ),
    _case("HTTP/1.0", _request("GET / HTTP/1.0"), 400, 426, 505),
    _case("HTTP/2.0", _request("GET / HTTP/2.0"), 400, 426, 505),
    _case("HTTP/0.9", b"GET /\r\n\r\n", 400),
    _case("no HTTP at all", b"hello\r\n\r\n", 400),
    _case(
        "TLS where none is spoken",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 500,
        400,
    ),
    _case("bare line feeds", _request(ending="\n"), 400),
    _case("bare carriage returns", _request(ending="\r"), 400),
    _case("a space before a colon", _request().replace(b"Upgrade:", b"Upgrade :", 1), 400),
    _case("a field in two lines", _request(more=("X-Long: a", " b")), 400, 101),
    _case("a field without a colon", _request(more=("nonsense",)), 400),
    _case("a field without a name", _request(more=(": nothing",)), 400),
    _case("NUL in a field", _request(more=("X: a\0b",)), 400),
    _case("two hosts", _request(more=("Host: evil",)), 400),
    _case("two Upgrade fields", _request(more=("Upgrade: websocket",)), 400),
    _case("two keys", _request(more=(f"Sec-WebSocket-Key: {KEY}",)), 400),
    _case("two versions", _request(more=("Sec-WebSocket-Version: 13",)), 400, 426),
    _case("two origins", _request(Origin="http://localhost", more=("Origin: http://evil",)), 400),
    _case("a body", _request(Content_Length="5") + b"hello", 400),
    _case("two lengths", _request(more=("Content-Length: 0", "Content-Length: 5")), 400),
    _case(
        "a length and chunks",
        _request(more=("Content-Length: 5", "Transfer-Encoding: chunked")),
        400,
    ),
    _case("chunks", _request(Transfer_Encoding="chunked") + b"0\r\n\r\n", 400),
    _case("a negative length", _request(Content_Length="-1"), 400),
    _case("frames before the answer", _request() + b"\x81\x80mask", 400),
    _case("another request behind it", _request() * 2, 400),
    _case("garbage behind it", _request() + b"\xff" * 100, 400),
    _case("a page from elsewhere", _request(Origin="https://evil.example"), 403),
    _case("a page of a file", _request(Origin="null"), 403),
    _case("a field of 9 KiB", _request(Cookie="x" * 9 * 1024), 431),
    _case("a target of 9 KiB", _request("GET /" + "x" * 9 * 1024 + " HTTP/1.1"), 414, 431),
    _case("200 fields", _request(more=[f"X-{number}: y" for number in range(200)]), 431),
]

CASES = (*_GOOD, *_BAD)

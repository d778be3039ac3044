"""Sections 5.5.2 and 5.5.3: pings are answered with what they said, pongs with nothing."""

from .frames import PING, PONG, TEXT, answer, ask, begun, case, closes, frame, pong

CASES = (
    *(
        case(f"a ping: {payload[:12]!r}", frame(PING, payload), hears=pong(payload))
        for payload in (b"", b"a", b"\0", b"\xff\xfe\xc0 no UTF-8", bytes(range(125)), b"\r\n\r\n")
    ),
    case(
        "a ping in single bytes", *(bytes([b]) for b in frame(PING, b"slow")), hears=pong(b"slow")
    ),
    case(
        "ten pings at once",
        b"".join(frame(PING, bytes([number])) for number in range(10)),
        hears=tuple(pong(bytes([number])) for number in range(10)),
    ),
    case("a pong nobody asked for", frame(PONG)),
    case("a pong with a payload nobody asked for", frame(PONG, b"x" * 125)),
    case("ten pongs nobody asked for", frame(PONG, b"x") * 10),
    case(
        "a ping between messages",
        ask("a") + frame(PING, b"p") + ask("b"),
        hears=(answer("a"), pong(b"p"), answer("b")),
    ),
    case("a pong before a ping", frame(PONG, b"q") + frame(PING, b"p"), hears=pong(b"p")),
    *(
        case(f"a {name} of {size} bytes", frame(opcode, b"x" * size), hears=closes(1002))
        for opcode, name in ((PING, "ping"), (PONG, "pong"))
        for size in (126, 127, 65535, 65536)
    ),
    *(
        case(f"a {name} that only announces 126 bytes", begun(opcode, 126), hears=closes(1002))
        for opcode, name in ((PING, "ping"), (PONG, "pong"))
    ),
    case(
        "a ping inside the payload of a message is no ping",
        frame(TEXT, b"search@\x09\x00"),
        hears=answer("\x09\x00"),
    ),
)

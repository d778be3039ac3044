"""Section 5.4: messages in fragments, and what may stand between them."""

from .frames import (
    BINARY,
    CLOSE,
    CONTINUATION,
    PING,
    PONG,
    TEXT,
    answer,
    ask,
    case,
    closes,
    frame,
    pong,
    question,
)


def _fragments(payload, step, opcode=TEXT):
    """One frame for each `step` bytes."""
    pieces = [payload[at : at + step] for at in range(0, len(payload), step)]
    return [
        frame(CONTINUATION if at else opcode, piece, fin=at == len(pieces) - 1)
        for at, piece in enumerate(pieces)
    ]


_BEGIN = frame(TEXT, b"search@", fin=False)
_LONG = "".join(chr(ord("a") + number % 26) for number in range(3000))

CASES = (
    *(
        case(
            f"a message in fragments of {step}, {how}",
            *([b"".join(frames)] if how == "at once" else frames),
            hears=answer("fragmented"),
        )
        for step in (1, 2, 7, 16)
        for how in ("at once", "one by one")
        for frames in [_fragments(question("fragmented"), step)]
    ),
    case(
        "a long message in fragments of 100",
        b"".join(_fragments(question(_LONG), 100)),
        hears=answer(_LONG),
    ),
    case(
        "a long message in fragments of 5",
        b"".join(_fragments(question(_LONG), 5)),
        hears=answer(_LONG),
    ),
    case(
        "fragments of a binary message",
        b"".join(_fragments(question("b"), 3, BINARY)),
        hears=answer("b"),
    ),
    case(
        "an empty first fragment",
        frame(TEXT, fin=False) + frame(CONTINUATION, b"search@a"),
        hears=answer("a"),
    ),
    case("an empty last fragment", _BEGIN + frame(CONTINUATION), hears=answer("")),
    case(
        "empty fragments everywhere",
        frame(TEXT, fin=False)
        + frame(CONTINUATION, fin=False)
        + frame(CONTINUATION, b"search@", fin=False)
        + frame(CONTINUATION, fin=False)
        + frame(CONTINUATION, b"a", fin=False)
        + frame(CONTINUATION),
        hears=answer("a"),
    ),
    case(
        "one fragmented message after another",
        _BEGIN + frame(CONTINUATION, b"a") + _BEGIN + frame(CONTINUATION, b"b"),
        hears=(answer("a"), answer("b")),
    ),
    case("a continuation of nothing", frame(CONTINUATION, b"x"), hears=closes(1002)),
    case("an empty continuation of nothing", frame(CONTINUATION), hears=closes(1002)),
    case(
        "a continuation of nothing that goes on",
        frame(CONTINUATION, b"x", fin=False),
        hears=closes(1002),
    ),
    case(
        "a continuation after a whole message",
        ask("a") + frame(CONTINUATION, b"b"),
        hears=(answer("a"), closes(1002)),
    ),
    case(
        "a continuation after the last fragment",
        _BEGIN + frame(CONTINUATION, b"a") + frame(CONTINUATION, b"b"),
        hears=(answer("a"), closes(1002)),
    ),
    *(
        case(
            f"a new {name} inside a message, {'whole' if fin else 'in fragments'}",
            _BEGIN + frame(opcode, b"x", fin=fin),
            hears=closes(1002),
        )
        for opcode, name in ((TEXT, "text"), (BINARY, "binary message"))
        for fin in (True, False)
    ),
    case(
        "a new text after two fragments",
        _BEGIN + frame(CONTINUATION, b"a", fin=False) + ask("b"),
        hears=closes(1002),
    ),
    *(
        case(
            f"a ping of {len(payload)} bytes between fragments",
            _BEGIN + frame(PING, payload) + frame(CONTINUATION, b"a"),
            hears=(pong(payload), answer("a")),
        )
        for payload in (b"", b"ping", b"p" * 125)
    ),
    case(
        "a ping between all fragments",
        *(
            piece
            for number, piece in enumerate(_fragments(question("pinged"), 2))
            for piece in (frame(PING, bytes([number])), piece)
        ),
        hears=(*(pong(bytes([number])) for number in range(7)), answer("pinged")),
    ),
    case(
        "a pong between fragments",
        _BEGIN + frame(PONG, b"x") + frame(CONTINUATION, b"a"),
        hears=answer("a"),
    ),
    case("a close between fragments", _BEGIN + frame(CLOSE, b"\x03\xe8"), hears=closes(1000)),
    *(
        case(
            f"a {name} that is a first fragment", frame(opcode, b"x", fin=False), hears=closes(1002)
        )
        for opcode, name in ((PING, "ping"), (PONG, "pong"), (CLOSE, "close"))
    ),
    case(
        "a ping in fragments inside a message",
        _BEGIN + frame(PING, b"x", fin=False) + frame(CONTINUATION, b"a"),
        hears=closes(1002),
    ),
)

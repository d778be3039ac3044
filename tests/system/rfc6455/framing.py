"""Sections 5.1, 5.2 and 5.3: masks, reserved bits, reserved opcodes."""

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

_NAMES = {
    CONTINUATION: "continuation",
    TEXT: "text",
    BINARY: "binary",
    CLOSE: "close",
    PING: "ping",
    PONG: "pong",
}

MASKS = [
    *(
        case(
            f"a {name} of {size} bytes without a mask",
            frame(opcode, b"x" * size, mask=None),
            hears=closes(1002),
        )
        for opcode, name in _NAMES.items()
        for size in ((0, 2) if opcode in (TEXT, PING) else (2,))
    ),
    case(
        "a frame without a mask between good ones",
        ask("a") + frame(TEXT, b"search@b", mask=None) + ask("c"),
        hears=(answer("a"), closes(1002)),
    ),
    case(
        "a continuation without a mask inside a message",
        frame(TEXT, b"search@", fin=False) + frame(CONTINUATION, b"a", mask=None),
        hears=closes(1002),
    ),
    *(
        case(f"the mask {mask.hex()}", ask("masked", mask=mask), hears=answer("masked"))
        for mask in (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x80\x81\x7e\x7f", b"\0\0\0\1", b"sear")
    ),
    case(
        "another mask for every frame",
        ask("a", mask=b"1234") + ask("b", mask=b"5678") + ask("c", mask=b"\0\0\0\0"),
        hears=(answer("a"), answer("b"), answer("c")),
    ),
    case(
        "another mask for every fragment",
        frame(TEXT, b"search@", fin=False, mask=b"1234")
        + frame(CONTINUATION, b"ab", fin=False, mask=b"5678")
        + frame(CONTINUATION, b"cd", mask=b"9012"),
        hears=answer("abcd"),
    ),
    case("a mask in pieces", *(bytes([b]) for b in ask("abc")), hears=answer("abc")),
]

RESERVED_BITS = [
    *(
        case(f"reserved bits {bits:03b} in a text", ask("x", reserved=bits), hears=closes(1002))
        for bits in range(1, 8)
    ),
    *(
        case(f"reserved bit {bit:03b} in a {name}", frame(opcode, reserved=bit), hears=closes(1002))
        for opcode, name in _NAMES.items()
        if opcode != TEXT
        for bit in (4, 2, 1)
    ),
    case(
        "a reserved bit in a later fragment",
        frame(TEXT, b"search@", fin=False) + frame(CONTINUATION, b"a", reserved=4),
        hears=closes(1002),
    ),
    case(
        "a reserved bit after a good frame",
        ask("a") + ask("b", reserved=4),
        hears=(answer("a"), closes(1002)),
    ),
]

_RESERVED_OPCODES = (*range(0x3, 0x8), *range(0xB, 0x10))
OPCODES = [
    *(
        case(
            f"the reserved opcode {opcode:X} with {size} bytes",
            frame(opcode, b"x" * size),
            hears=closes(1002),
        )
        for opcode in _RESERVED_OPCODES
        for size in (0, 1)
    ),
    *(
        case(
            f"the reserved opcode {opcode:X} inside a message",
            frame(TEXT, b"search@", fin=False) + frame(opcode) + frame(CONTINUATION, b"a"),
            hears=closes(1002),
        )
        for opcode in (0x3, 0x7, 0xB, 0xF)
    ),
    case(
        "a reserved opcode after a good frame",
        ask("a") + frame(0x3),
        hears=(answer("a"), closes(1002)),
    ),
    case("a binary message", frame(BINARY, question("b")), hears=answer("b")),
    case(
        "a binary message in fragments",
        frame(BINARY, b"search@", fin=False) + frame(CONTINUATION, b"b"),
        hears=answer("b"),
    ),
    case(
        "a frame after another in one piece", ask("a") + ask("b"), hears=(answer("a"), answer("b"))
    ),
    case(
        "frames cut in the middle of each other",
        (ask("a") + ask("b"))[:9],
        (ask("a") + ask("b"))[9:17],
        (ask("a") + ask("b"))[17:],
        hears=(answer("a"), answer("b")),
    ),
    case("the example of section 5.7", frame(PING, b"Hello"), hears=pong(b"Hello")),
]

CASES = (*MASKS, *RESERVED_BITS, *OPCODES)

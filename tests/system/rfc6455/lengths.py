"""Section 5.2: how long a frame is, in 7, 16 and 64 bits, and only in the shortest of them."""

import struct

from .frames import BINARY, CONTINUATION, MASK, PING, TEXT, answer, case, closes, frame, question


def _sized(size, prefix=b"search@"):
    return "x" * (size - len(prefix))


def _bare(opcode, form, size, payload=b""):
    """The head of a masked frame whose length is written in this form whatever it is."""
    kind, pack = {16: (126, "!H"), 64: (127, "!Q")}[form]
    return bytes([0x80 | opcode, 0x80 | kind]) + struct.pack(pack, size) + MASK + payload


CASES = (
    *(
        case(
            f"a text of {size} bytes",
            frame(TEXT, question(_sized(size))),
            hears=answer(_sized(size)),
        )
        for size in (
            7,
            8,
            124,
            125,
            126,
            127,
            128,
            255,
            256,
            1000,
            1535,
            1536,
            1537,
            4096,
            32767,
            32768,
        )
    ),
    *(
        case(
            f"a text of {size} bytes",
            frame(TEXT, question(_sized(size))),
            hears=answer(_sized(size)),
        )
        for size in (65534, 65535, 65536, 65537, 131072, 262143, 262144)
    ),
    *(
        case(
            f"a text of {size} bytes in pieces of {step}",
            *(
                frame(TEXT, question(_sized(size)))[at : at + step]
                for at in range(0, size + 14, step)
            ),
            hears=answer(_sized(size)),
        )
        for size, step in ((126, 1), (65535, 997), (65536, 997), (1536, 512), (4096, 1))
    ),
    *(
        case(
            f"{size} bytes of opcode {opcode} in {form} bits",
            _bare(opcode, form, size, b"x" * size),
            hears=closes(1002),
        )
        for opcode in (TEXT, BINARY)
        for form, sizes in ((16, (0, 1, 125)), (64, (0, 125, 126, 65535)))
        for size in sizes
    ),
    *(
        case(
            f"a continuation of {size} bytes in {form} bits",
            frame(TEXT, b"search@", fin=False),
            _bare(CONTINUATION, form, size, b"x" * size),
            hears=closes(1002),
        )
        for form, size in ((16, 0), (16, 125), (64, 125), (64, 65535))
    ),
    case(
        "the head of a long frame in single bytes",
        *(bytes([byte]) for byte in frame(TEXT, question(_sized(65536)))[:14]),
        frame(TEXT, question(_sized(65536)))[14:],
        hears=answer(_sized(65536)),
    ),
    *(
        case(
            f"the highest bit of 64 set: {size:x}", _bare(TEXT, 64, size), hears=closes(1002, 1009)
        )
        for size in (1 << 63, (1 << 64) - 1, (1 << 63) + 5)
    ),
    *(
        case(
            f"{size:x} bytes of opcode {opcode} are announced",
            _bare(opcode, 64, size),
            hears=closes(1009),
        )
        for opcode in (TEXT, BINARY)
        for size in ((1 << 63) - 1, 1 << 62, 1 << 32, (1 << 32) - 1, 17 << 20, (1 << 18) + 1)
    ),
    case("a ping that announces 2^63-1 bytes", _bare(PING, 64, (1 << 63) - 1), hears=closes(1002)),
)

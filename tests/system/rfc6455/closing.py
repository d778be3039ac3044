"""Sections 5.5.1, 7.1 and 7.4: how a connection ends, and which codes may say why."""

import struct

from .frames import CLOSE, CONTINUATION, PING, TEXT, answer, ask, begun, case, closes, frame


def _close(code, reason=b""):
    return frame(CLOSE, struct.pack("!H", code) + reason)


_LEGAL = (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013)
_OWN = (3000, 3001, 3999, 4000, 4001, 4999)  # of libraries, and of programs among themselves
# Reserved, never to be sent, or assigned after the RFC.
_ILLEGAL = (0, 1, 500, 998, 999, 1004, 1005, 1006, 1014, 1015, 1016, 1100, 2000, 2999)
# Section 7.4.2 ends at 4999.
_UNDEFINED = (5000, 9999, 65535)

CASES = (
    *(case(f"the code {code}", _close(code), hears=closes(code)) for code in (*_LEGAL, *_OWN)),
    *(case(f"the illegal code {code}", _close(code), hears=closes(1002)) for code in _ILLEGAL),
    *(
        case(f"the undefined code {code}", _close(code), hears=closes(1002, code))
        for code in _UNDEFINED
    ),
    *(
        case(f"the illegal code {code} with a reason", _close(code, b"why"), hears=closes(1002))
        for code in (999, 1005, 1006, 1015)
    ),
    case("a close without a code", frame(CLOSE), hears=closes(1000, 1005)),
    case("a close of one byte", frame(CLOSE, b"\x03"), hears=closes(1002)),
    *(
        case(f"a reason: {reason[:16]!r}", _close(1000, reason), hears=closes(1000))
        for reason in (b"bye", b"x" * 123, "жду".encode(), "\N{GRINNING FACE}".encode(), b"\0")
    ),
    case("a reason of 124 bytes", _close(1000, b"x" * 124), hears=closes(1002)),
    case("a reason of 65535 bytes", _close(1000, b"x" * 65533), hears=closes(1002)),
    case(
        "a reason of 124 bytes that are no UTF-8", _close(1000, b"\xff" * 124), hears=closes(1002)
    ),
    *(
        case(
            f"a reason that is no UTF-8: {reason!r}", _close(1000, reason), hears=closes(1002, 1007)
        )
        for reason in (
            b"\xff",
            b"ok\xc0\xaf",
            b"\xed\xa0\x80",
            b"\xce",
            b"\xf4\x90\x80\x80",
            b"x" * 122 + b"\xe2",
        )
    ),
    case(
        "a close in single bytes", *(bytes([b]) for b in _close(1000, b"bye")), hears=closes(1000)
    ),
    case("a close that only announces 126 bytes", begun(CLOSE, 126), hears=closes(1002)),
    case("a close behind a message", ask("a") + _close(1000), hears=(answer("a"), closes(1000))),
    case("a message behind a close", _close(1000) + ask("late"), hears=closes(1000)),
    case("a ping behind a close", _close(1000) + frame(PING, b"late"), hears=closes(1000)),
    case("a close behind a close", _close(1000) + _close(1001), hears=closes(1000)),
    case("nonsense behind a close", _close(1000) + b"\xff" * 100, hears=closes(1000)),
    case(
        "a close behind half of a message",
        frame(TEXT, b"search@", fin=False) + frame(CONTINUATION, b"a", fin=False) + _close(1001),
        hears=closes(1001),
    ),
    case("a fault behind a message", ask("a") + frame(0x3), hears=(answer("a"), closes(1002))),
)

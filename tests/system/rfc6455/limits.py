"""Section 10.4: limits of our own. A message has 256 KiB at most, in 1,000 fragments at most."""

from .frames import BINARY, CONTINUATION, TEXT, answer, begun, case, closes, frame, question

_MOST = 256 * 1024
_FRAGMENTS = 1000


def _pieces(count, opcode=TEXT):
    """A message that is `search@` and empty fragments."""
    middle = frame(CONTINUATION, fin=False) * (count - 2)
    return frame(opcode, b"search@", fin=False) + middle + frame(CONTINUATION)


CASES = (
    case(
        "one byte more than a message may have", frame(TEXT, b"x" * (_MOST + 1)), hears=closes(1009)
    ),
    case("one byte more is only announced", begun(TEXT, _MOST + 1), hears=closes(1009)),
    case("one byte more in a binary message", begun(BINARY, _MOST + 1), hears=closes(1009)),
    case(
        "a fragment that would be one byte more",
        frame(TEXT, question("x" * 93), fin=False) + begun(CONTINUATION, _MOST - 99),
        hears=closes(1009),
    ),
    case(
        "a last fragment that would be one byte more",
        frame(TEXT, b"x" * _MOST, fin=False) + begun(CONTINUATION, 1),
        hears=closes(1009),
    ),
    case(
        "as many bytes as a message may have, in two fragments",
        frame(TEXT, question("x" * 93), fin=False) + frame(CONTINUATION, b"y" * (_MOST - 100)),
        hears=answer("x" * 93 + "y" * (_MOST - 100)),
    ),
    case("as many fragments as a message may have", _pieces(_FRAGMENTS), hears=answer("")),
    case("one fragment more", _pieces(_FRAGMENTS + 1), hears=closes(1008)),
    case(
        "one fragment more of a binary message", _pieces(_FRAGMENTS + 1, BINARY), hears=closes(1008)
    ),
    case(
        "one fragment more, each of one byte",
        frame(TEXT, b"x", fin=False) + frame(CONTINUATION, b"x", fin=False) * _FRAGMENTS,
        hears=closes(1008),
    ),
)

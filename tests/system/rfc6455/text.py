"""Section 8.1: texts are UTF-8, whole or in pieces, and the first byte that is not is the last."""

from .frames import BINARY, CONTINUATION, TEXT, answer, ask, begun, case, closes, frame, question

_VALID = {
    "ASCII": "Hello, world",
    "NUL": "\0",
    "U+007F": "\x7f",
    "U+0080": "\x80",
    "U+07FF": "\u07ff",
    "U+0800": "\u0800",
    "U+0FFF": "\u0fff",
    "U+D7FF, before the surrogates": "\ud7ff",
    "U+E000, behind the surrogates": "\ue000",
    "U+FEFF": "\ufeff",
    "U+FFFD": "\ufffd",
    "U+FFFE, no character but a code point": "\ufffe",
    "U+FFFF, no character but a code point": "\uffff",
    "U+10000": "\U00010000",
    "U+1FFFF": "\U0001ffff",
    "U+10FFFF, the last": "\U0010ffff",
    "Greek": "κόσμε",
    "a flag of two": "\U0001f1ea\U0001f1fa",
    "all lengths": "a\u00e4\u20ac\U0001f600" * 20,
}

# The bytes, and how many of them it takes to know that they are wrong; 0: only the end tells.
_INVALID = {
    "a continuation byte alone": (b"\x80", 1),
    "the last continuation byte alone": (b"\xbf", 1),
    "many continuation bytes": (b"\x80\xbf" * 8, 1),
    "an overlong slash in 2 bytes": (b"\xc0\xaf", 1),
    "an overlong slash in 3 bytes": (b"\xe0\x80\xaf", 2),
    "an overlong slash in 4 bytes": (b"\xf0\x80\x80\xaf", 2),
    "an overlong NUL in 2 bytes": (b"\xc0\x80", 1),
    "the greatest overlong of 2 bytes": (b"\xc1\xbf", 1),
    "the greatest overlong of 3 bytes": (b"\xe0\x9f\xbf", 2),
    "the greatest overlong of 4 bytes": (b"\xf0\x8f\xbf\xbf", 2),
    "the first surrogate": (b"\xed\xa0\x80", 2),
    "the last surrogate": (b"\xed\xbf\xbf", 2),
    "a pair of surrogates": (b"\xed\xa0\xbd\xed\xb8\x80", 2),
    "U+110000": (b"\xf4\x90\x80\x80", 2),
    "a lead byte F5": (b"\xf5\x80\x80\x80", 1),
    "a sequence of 5 bytes": (b"\xf8\x88\x80\x80\x80", 1),
    "a sequence of 6 bytes": (b"\xfc\x84\x80\x80\x80\x80", 1),
    "the byte FE": (b"\xfe", 1),
    "the byte FF": (b"\xff", 1),
    "a letter after a lead byte of 2": (b"\xc3a", 2),
    "a letter after a lead byte of 3": (b"\xe2a\x80", 2),
    "a letter inside a sequence of 3": (b"\xe2\x82a", 3),
    "a letter inside a sequence of 4": (b"\xf0\x9f\x98a", 4),
    "a lead byte after a lead byte": (b"\xc3\xc3\xa4", 2),
    "a sequence of 2 without its end": (b"\xc3", 0),
    "a sequence of 3 without its end": (b"\xe2\x82", 0),
    "a sequence of 4 without its end": (b"\xf0\x9f\x98", 0),
}


def _in_fragments(payload, step=1):
    pieces = [payload[at : at + step] for at in range(0, len(payload), step)]
    return [
        frame(CONTINUATION if at else TEXT, piece, fin=at == len(pieces) - 1)
        for at, piece in enumerate(pieces)
    ]


CASES = (
    *(case(f"valid: {name}", ask(text), hears=answer(text)) for name, text in _VALID.items()),
    *(
        case(f"valid in fragments of {step}: {name}", b"".join(frames), hears=answer(text))
        for name, text in _VALID.items()
        for step in (1, 3)
        for frames in [_in_fragments(question(text), step)]
    ),
    case(
        "valid, its fragments in frames and segments of their own",
        *_in_fragments(question("ä€\U0001f600")),
        hears=answer("ä€\U0001f600"),
    ),
    *(
        case(
            f"valid in a binary message: {text!r}",
            frame(BINARY, question(text)),
            hears=answer(text),
        )
        for text in ("κόσμε", "\U0010ffff")
    ),
    *(
        case(f"invalid: {name}", frame(TEXT, question(bad)), hears=closes(1007))
        for name, (bad, _) in _INVALID.items()
    ),
    *(
        case(f"invalid in fragments: {name}", *_in_fragments(question(bad)), hears=closes(1007))
        for name, (bad, _) in _INVALID.items()
    ),
    *(
        case(
            f"invalid before the frame ends: {name}",
            begun(TEXT, 100, question(b"\xc3\xa4" + bad[:known])),
            hears=closes(1007),
        )
        for name, (bad, known) in _INVALID.items()
        if known
    ),
    *(
        case(
            f"invalid before the message ends: {name}",
            frame(TEXT, question(bad[:known]), fin=False),
            hears=closes(1007),
        )
        for name, (bad, known) in _INVALID.items()
        if known
    ),
    *(
        case(
            f"invalid in a binary message: {name}", frame(BINARY, question(bad)), hears=closes(1007)
        )
        for name, (bad, _) in list(_INVALID.items())[::5]
    ),
    case(
        "invalid behind a good message",
        ask("a") + frame(TEXT, b"\xff"),
        hears=(answer("a"), closes(1007)),
    ),
    case(
        "a text that is a message of its own after each code point",
        b"".join(ask(c) for c in "ä€😀"),
        hears=tuple(answer(c) for c in "ä€😀"),
    ),
)

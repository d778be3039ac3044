"""Frames as bytes, and cases made of them."""

import struct
from typing import NamedTuple

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
MASK = b"\x37\xfa\x21\x3d"  # of the examples in section 5.7


class Case(NamedTuple):
    """What a client says, piece by piece, and every frame that it must hear, in order.

    Where the last of them is no close, the connection must live on and have said nothing else.
    """

    name: str
    says: tuple
    hears: tuple


class Frame(NamedTuple):
    """A frame from the server. `payload` of a close is its code, or the codes that are right."""

    opcode: int
    payload: object


def length_bytes(size, form=None):
    """The length in 7, 16 or 64 bits: in the shortest form unless another is asked for."""
    form = form or (7 if size < 126 else 16 if size < 1 << 16 else 64)
    if form == 7:
        return bytes([0x80 | size])
    return (
        bytes([0x80 | 126]) + struct.pack("!H", size)
        if form == 16
        else (bytes([0x80 | 127]) + struct.pack("!Q", size))
    )


def masked(payload, mask=MASK):
    return bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


def frame(opcode, payload=b"", fin=True, reserved=0, mask=MASK, form=None):
    """A frame of a client; `mask` None is a frame that is not masked."""
    first = bytes([(0x80 if fin else 0) | reserved << 4 | opcode])
    length = length_bytes(len(payload), form)
    if mask is None:
        return first + bytes([length[0] & 0x7F]) + length[1:] + payload
    return first + length + mask + masked(payload, mask)


def begun(opcode, announced, payload=b"", fin=True):
    """A frame that announces so many bytes, of which only the first come."""
    head = bytes([(0x80 if fin else 0) | opcode]) + length_bytes(announced)
    return head + MASK + masked(payload)


def question(text):
    """What `answer(text)` answers, as bytes."""
    return b"search@" + (text.encode() if isinstance(text, str) else text)


def ask(text, **options):
    return frame(TEXT, question(text), **options)


def answer(text):
    return Frame(TEXT, f"list@{text}@")


def pong(payload=b""):
    return Frame(PONG, payload)


def closes(*codes):
    return Frame(CLOSE, codes)


def case(name, *says, hears=()):
    return Case(name, says, hears if type(hears) is tuple else (hears,))

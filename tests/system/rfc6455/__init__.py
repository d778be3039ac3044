"""RFC 6455 as tables: what a client may say to a server, and what the server has to answer.

Written from the RFC alone, over bare sockets. The hub is asked in WNet, where `search@TEXT` is
answered with `list@TEXT@`, so that every message can be told from every other.
"""

from . import closing, control, fragments, framing, handshake, lengths, limits, text

TABLES = (framing, lengths, fragments, control, closing, text, limits)
CASES = tuple(case for table in TABLES for case in table.CASES)
HANDSHAKES = handshake.CASES

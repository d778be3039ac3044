"""Who may include whom: reads every #include of the house and names each that is wrong."""

import pathlib
import re
import tempfile
import unittest
from typing import NamedTuple

from sources import CPP, ROOT, files, lines

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')


class Rule(NamedTuple):
    """Headers that match may be included from files that match alone; both from their beginning."""

    header: str
    includers: str
    why: str


# The doorways stand on the core, the core on the engine's interfaces, those on the base; main.cc
# and the files beside it put the house together. The first rule whose header matches decides.
TOP = r"hub/[^/]*$|tests/"
OUTSIDE = "sdk/|adapters/|handlers/|tests/"
WIRE = r"(chathub/(v1|internal)|oco|grpc/(health|reflection))/"
RULES = [
    Rule(r"hub/base/", r"hub/|tests/", "base is the hub's own"),
    Rule(
        r"hub/engine/(memory|sqlite|nats)/",
        r"hub/engine/(open\.cc$|\1/)|tests/(engine|bench)/",
        "engine/open.cc alone knows the kinds of engines",
    ),
    Rule(r"hub/engine/", rf"hub/(engine|core|rpc|gateway)/|{TOP}", "base stands on nothing"),
    Rule(
        r"hub/core/(mailboxes|people)/",
        rf"hub/(core/(?!routing/|rights/|store/)|rpc/|gateway/)|{TOP}",
        "routing, rights and store know no mailboxes",
    ),
    Rule(
        r"hub/core/routing/",
        rf"hub/(core|rpc|gateway)/|sdk/cpp/testing/|{TOP}",
        "routes are the core's; a test of a handler matches them as the hub does",
    ),
    Rule(r"hub/core/", rf"hub/(core|rpc|gateway)/|{TOP}", "core serves the doorways alone"),
    Rule(r"hub/rpc/", rf"hub/rpc/|{TOP}", "nothing stands on rpc"),
    Rule(r"hub/gateway/", rf"hub/gateway/|{TOP}", "nothing stands on the gateway"),
    Rule(r"hub/cli/", rf"hub/cli/|{TOP}", "nothing stands on the command line"),
    Rule(r"hub/", rf"hub/cli/|{TOP}", "what builds the house is not for its rooms"),
    Rule(r"(adapters|handlers)/(\w+)/", r"\1/\2/|tests/", "each adapter and handler stands alone"),
    Rule(r"chathub/internal/envelope", r"hub/|tests/", "envelopes are never on a public wire"),
    Rule(rf"{WIRE}.*\.grpc\.pb\.h", r"hub/(rpc|cli)/|sdk/|tests/", "rpc alone speaks gRPC"),
    Rule(WIRE, rf"hub/(?!base/)|{OUTSIDE}", "base knows nothing about chat"),
    Rule(r"chathub/", rf"hub/cli/|{OUTSIDE}", "the hub does not stand on the SDK"),
    Rule(
        r"(grpc|grpcpp|grpc\+\+)/",
        r"hub/(rpc|cli)/|sdk/cpp/(src|testing)/|sdk/cpp/include/chathub/channel\.h|tests/",
        "grpcpp is heavy and stays in rpc; peers go through the SDK",
    ),
    Rule(
        r"boost/",
        r"hub/base/\w+\.cc$|hub/gateway/|adapters/irc/connection\.cc$"
        r"|tests/(base|gateway|fuzz|bench/references)/",
        "Boost costs seconds in every file that sees it",
    ),
    Rule(
        r"(mutex|shared_mutex|thread|stop_token|atomic|condition_variable|future|pthread\.h)$"
        r"|absl/synchronization/",
        # serve.cc makes the hub's thread; the command line is no hub.
        rf"hub/(base|rpc|cli)/|hub/serve\.cc$|{OUTSIDE}",
        "one thread thinks: threads meet in base and rpc alone",
    ),
    Rule(r"sqlite3\.h", r"hub/engine/sqlite/|tests/(engine|bench)/", "SQL stays in its engine"),
    Rule(r"nats/", r"hub/engine/nats/|tests/(engine|bench)/", "NATS stays in its engine"),
    Rule(
        r"(sys/socket|sys/un|netinet/\w+|arpa/inet|netdb)\.h",
        r"hub/(base|rpc|gateway)/|hub/[^/]*\.cc$|sdk/cpp/src/|adapters/|handlers/|tests/",
        "core and engines know no sockets",
    ),
    Rule(r"toml\+\+/|toml\.hpp", r"hub/[^/]*\.cc$|tests/", "only the configuration is TOML"),
    Rule(r"spdlog/", r"hub/base/\w+\.cc$|tests/base/", "everybody logs through hub/base/log.h"),
    Rule(r"sodium", r"hub/base/\w+\.cc$|tests/base/", "secrets are made in base"),
    Rule(r"re2/", r"hub/core/|tests/(core|bench)/", "patterns are the core's"),
    Rule(r"histedit\.h", r"adapters/shell/", "only the shell edits lines"),
]


def fault(includer: str, bracket: str, header: str) -> str | None:
    """Why this file may not include this header."""
    # The SDK can be taken out of the house, so its own sources name each other alone.
    bare = "/" not in header and not includer.startswith("sdk/cpp/src/")
    if bracket == '"' and bare or header.startswith("../"):
        return "includes are by full path from the root"
    for rule in RULES:
        if match := re.match(rule.header, header):
            # \1 and \2 in `includers` are what the header's expression captured.
            allowed = re.sub(r"\\([12])", lambda m: re.escape(match[int(m[1])]), rule.includers)
            return None if re.match(allowed, includer) else rule.why
    return None


def faults(root: pathlib.Path) -> list[str]:
    found = []
    for path in files(*CPP, root=root):
        for number, line in lines(path, root):
            if (match := INCLUDE.match(line)) and (why := fault(path, match[1], match[2])):
                found.append(f"{path}:{number}: may not include {match[2]}: {why}")
    return found


class IncludesTest(unittest.TestCase):
    def test_the_house_is_in_order(self):
        self.assertEqual("\n".join(faults(ROOT)), "")
        self.assertGreater(len(list(files(*CPP, under=("hub/",)))), 10, "nothing was read")

    def test_a_wrong_include_is_named_with_its_place(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "hub/core").mkdir(parents=True)
            (root / "build/hub").mkdir(parents=True)
            (root / "hub/core/a.cc").write_text('#include <map>\n#  include "hub/rpc/door.h"\n')
            (root / "build/hub/left.cc").write_text('#include "unread.h"\n')
            [found] = faults(root)
            self.assertTrue(found.startswith("hub/core/a.cc:2: may not include hub/rpc/door.h"))

    def test_what_must_not_be_is_refused(self):
        for includer, header in [
            ("hub/base/text.cc", '"hub/engine/engine.h"'),
            ("hub/base/text.h", "<boost/asio.hpp>"),
            ("hub/base/text.cc", '"chathub/v1/message.pb.h"'),
            ("hub/engine/engine.h", '"hub/core/router.h"'),
            ("hub/engine/engine.h", '"hub/engine/memory/memory_engine.h"'),
            ("hub/engine/memory/memory_engine.cc", '"hub/engine/sqlite/database.h"'),
            ("hub/engine/memory/memory_engine.cc", "<sqlite3.h>"),
            ("hub/core/router.cc", '"hub/engine/memory/memory_engine.h"'),
            ("hub/core/router.cc", '"hub/config.h"'),
            ("hub/core/routing/route_set.cc", '"hub/core/mailboxes/lanes.h"'),
            ("hub/core/router.cc", "<mutex>"),
            ("hub/core/router.cc", '"absl/synchronization/mutex.h"'),
            ("hub/core/router.cc", "<sys/socket.h>"),
            ("hub/core/router.cc", "<grpcpp/grpcpp.h>"),
            ("hub/core/router.cc", '"chathub/v1/handlers.grpc.pb.h"'),
            ("hub/core/router.cc", '"chathub/channel.h"'),
            ("hub/rpc/server.cc", '"hub/gateway/listener.h"'),
            ("hub/rpc/server.cc", '"hub/config.h"'),
            ("hub/rpc/server.cc", "<boost/asio.hpp>"),
            ("hub/gateway/listener.cc", '"hub/rpc/server.h"'),
            ("hub/serve.cc", '"hub/engine/memory/memory_engine.h"'),
            ("hub/serve.cc", '"handlers/echo/echo.h"'),
            ("hub/config.cc", "<thread>"),
            ("sdk/cpp/src/handler.cc", '"hub/base/text.h"'),
            ("sdk/cpp/src/handler.cc", '"hub/core/routing/match.h"'),
            ("sdk/cpp/testing/matching.cc", '"hub/core/router.h"'),
            ("sdk/cpp/include/chathub/handler.h", "<grpcpp/grpcpp.h>"),
            ("adapters/shell/main.cc", '"hub/base/text.h"'),
            ("adapters/shell/main.cc", "<grpcpp/grpcpp.h>"),
            ("adapters/shell/main.cc", '"adapters/irc/line.h"'),
            ("handlers/echo/main.cc", '"chathub/internal/envelope.pb.h"'),
            ("tests/core/router_test.cc", '"hub/engine/memory/memory_engine.h"'),
            ("hub/core/router.cc", '"router.h"'),
            ("hub/core/router.cc", '"../base/text.h"'),
        ]:
            with self.subTest(includer=includer, header=header):
                self.assertIsNotNone(fault(includer, header[0], header.strip('<>"')))

    def test_what_may_be_is_allowed(self):
        for includer, header in [
            ("hub/core/router.cc", '"hub/base/text.h"'),
            ("hub/core/router.cc", '"chathub/internal/envelope.pb.h"'),
            ("hub/core/routing/route_table.cc", '"re2/re2.h"'),
            ("hub/engine/open.cc", '"hub/engine/memory/memory_engine.h"'),
            ("hub/engine/memory/memory_engine.cc", '"hub/engine/memory/memory_store.h"'),
            ("hub/rpc/server.cc", '"hub/core/session.h"'),
            ("hub/rpc/server.cc", '"chathub/internal/rpc_status.pb.h"'),
            ("hub/rpc/inbox.h", "<mutex>"),
            ("hub/serve.cc", '"hub/rpc/server.h"'),
            ("hub/cli/peers.cc", '"chathub/channel.h"'),
            ("hub/cli/peers.cc", '"hub/config.h"'),
            ("hub/base/hub_loop.cc", '"boost/asio/io_context.hpp"'),
            ("sdk/cpp/include/chathub/channel.h", "<grpcpp/grpcpp.h>"),
            ("sdk/cpp/testing/matching.cc", '"hub/core/routing/match.h"'),
            ("adapters/shell/main.cc", '"adapters/shell/prompt.h"'),
            ("tests/engine/memory_test.cc", '"hub/engine/memory/memory_engine.h"'),
        ]:
            with self.subTest(includer=includer, header=header):
                self.assertIsNone(fault(includer, header[0], header.strip('<>"')))


if __name__ == "__main__":
    unittest.main()

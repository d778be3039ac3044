"""What the tests of the gateway's doorway share: a hub whose WNet bots need no account."""

import socket
import threading
import time

from .case import HubCase
from .legacy import WnetProgram
from .waiting import DEADLINE


class DoorwayCase(HubCase):
    gateway = True
    configuration = "[gateway.wnet]\naccounts = false\n"

    def setUp(self):
        super().setUp()
        self.address = self.hub.gateway

    def wnet(self, *headers):
        program = WnetProgram(self.address, *headers)
        self.addCleanup(program.leave)
        return program

    def bot(self, name):
        bot = self.wnet()
        self.assertEqual(bot.ask(f"add@{name}"), "info@You added as bot")
        return bot

    def link(self, source="127.0.0.1"):
        """A bare connection, from any address of this machine."""
        host, port = self.address.rsplit(":", 1)
        link = socket.create_connection((host, int(port)), DEADLINE, source_address=(source, 0))
        self.addCleanup(link.close)
        return link


class Bystander:
    """A client that asks all the time and must be answered all the time, whatever others do."""

    # Far more than it takes on a busy machine, far less than a hub that was held up would need.
    PATIENCE = 5.0  # seconds

    def __init__(self, address):
        self._program = WnetProgram(address)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self.answers = 0
        self.slowest = 0.0
        self.problem = None

    def _ask(self):
        try:
            while not self._ends.is_set():
                began = time.monotonic()
                assert self._program.ask(f"search@{self.answers}") == f"list@{self.answers}@"
                self.slowest = max(self.slowest, time.monotonic() - began)
                self.answers += 1
                self._ends.wait(0.005)  # fewer than a client may say in a second
        except Exception as problem:
            self.problem = problem

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, kind, *_):
        self._ends.set()
        self._thread.join(DEADLINE)
        self._program.leave()
        if kind is None:
            assert self.problem is None, f"the bystander was hurt: {self.problem!r}"
            assert self.answers > 0, "the bystander heard nothing"
            assert self.slowest < self.PATIENCE, f"the bystander waited {self.slowest:.1f} s"

"""What tests of the gateway start from: one hub for a whole file, and programs of older protocols."""

import itertools
import string
import time
import unittest

from .case import HubCase
from .hub import Hub
from .legacy import Node, WnetProgram, cookie

_NUMBERS = itertools.count()


def fresh_name(prefix="bot"):
    """Letters only, and nobody's before: tests share a hub."""
    number, letters = next(_NUMBERS), ""
    while number or not letters:
        number, digit = divmod(number, 26)
        letters += string.ascii_uppercase[digit]
    return prefix + letters


class GatewayCase(HubCase):
    """All tests of a file that have the same configuration share a hub; each has names of its own."""

    _hubs = {}

    @classmethod
    def setUpClass(cls):
        if cls.configuration not in cls._hubs:
            hub = Hub(cls.configuration, gateway=True)
            unittest.addModuleCleanup(cls._end_shared, hub)
            hub.start()
            hub.command("account", "add", "ann", "--password-stdin", typed="secret\n")
            cls._hubs[cls.configuration] = hub
        cls.shared = cls._hubs[cls.configuration]

    @staticmethod
    def _end_shared(hub):
        complaint = hub.end()
        log = hub.log()
        hub.remove()
        if complaint:
            raise AssertionError(f"{complaint}\n{log[-6000:]}")

    def setUp(self):
        self.hub = self.shared
        self.address = self.hub.gateway
        self.addCleanup(self._show_log, len(self.hub.log()))

    def _show_log(self, begin):
        if self._failed():
            print(f"--- the hub's log in {self.id()}\n{self.hub.log()[begin:]}---", flush=True)

    def wnet(self, *headers):
        program = WnetProgram(self.address, *headers)
        self.addCleanup(program.leave)
        return program

    def candidate(self):
        """A program that may become a bot."""
        return self.wnet(cookie("ann", "secret"))

    def bot(self, name):
        bot = self.candidate()
        self.assertEqual(bot.ask(f"add@{name}"), "info@You added as bot")
        return bot

    def node(self, *roles, address=None, **options):
        """A BotComet node that has connected in these roles."""
        node = Node(self.address, **options)
        self.addCleanup(node.leave)
        for role in roles:
            node.connect(role, **({"address": address} if role == "plugin" else {}))
        return node

    def assert_error(self, heard):
        self.assertTrue(heard.startswith("error@") and len(heard) > len("error@"), heard)

    def assert_walks(self):
        """Whatever was done to the hub, others are served."""
        self.assertEqual(self.wnet().ask("search@zzz"), "list@zzz@")
        self.node("comet")


class Clock:
    """How long something took, in seconds."""

    def __init__(self):
        self._began = time.monotonic()

    def passed(self):
        return time.monotonic() - self._began

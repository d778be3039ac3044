"""What every system test starts from: a hub of its own, and everything ended afterwards."""

import unittest

import grpc

from .adapter import ScriptedAdapter
from .child import Child
from .handler import ScriptedHandler
from .hub import Hub
from .oco_plugin import OcoPlugin
from .problems import problem_of
from .stream import Stream, metadata_of, open_channel
from .words import command


class HubCase(unittest.TestCase):
    """Each test has a fresh hub, started with the class's configuration (TOML)."""

    configuration = ""
    # Whether programs of older protocols may connect.
    gateway = False
    # Whether it serves /metrics.
    metrics = False

    def setUp(self):
        self.hub = Hub(self.configuration, self.gateway, self.metrics)
        self.addCleanup(self._end_hub)
        self.hub.start()

    def _end_hub(self):
        complaint = self.hub.end()
        if self._failed() or complaint:
            print(f"--- the hub's log in {self.id()}\n{self.hub.log()[-6000:]}---", flush=True)
        self.hub.remove()
        if complaint:
            self.fail(complaint)

    def _failed(self):
        result = self._outcome.result
        failed = [test for test, _ in result.failures + result.errors]
        return any(getattr(test, "test_case", test) is self for test in failed)

    # Peers; each is ended with the test. They have said hello unless `attach` is False.

    def adapter(self, name="shell", attach=True, **options):
        adapter = ScriptedAdapter(self.hub.target, self.hub.token, name, **options)
        self.addCleanup(adapter.drop)
        if attach:
            adapter.hello_ok = adapter.attach()
        return adapter

    def handler(self, name, *routes, attach=True, **options):
        """Without routes it waits for the command word that is its name."""
        routes = routes or (command(name),)
        handler = ScriptedHandler(self.hub.target, self.hub.token, name, routes, **options)
        self.addCleanup(handler.drop)
        if attach:
            handler.hello_ok = handler.attach()
        return handler

    def echo(self, name="echo", **options):
        """A handler that answers `echo TEXT` with TEXT at once."""
        options.setdefault("answers", lambda delivery: delivery.captures["rest"])
        return self.handler(name, **options)

    def child(self, kind, **options):
        """A peer as its own process."""
        child = Child(kind, self.hub.target, self.hub.token, **options)
        self.addCleanup(child.kill)
        return child

    def oco_plugin(self, name, token=None, **options):
        plugin = OcoPlugin(self.hub.target, token or self.hub.token, name, **options)
        self.addCleanup(plugin.kill)
        return plugin

    # Calls by hand.

    def channel(self, target=None):
        channel = open_channel(target or self.hub.target)
        self.addCleanup(channel.close)
        return channel

    def owner(self, peer=None):
        """The owner's metadata for a call."""
        return metadata_of(self.hub.token, peer)

    def raw_stream(self, method, metadata=None):
        """A stream whose frames out are bytes and whose frames in are thrown away unread."""
        open_call = self.channel().stream_stream(method)
        stream = Stream(open_call, self.owner() if metadata is None else metadata)
        self.addCleanup(stream.drop)
        return stream

    # What must hold.

    def assert_fails(self, code, call, *arguments, **options):
        """The call fails with this code and says why; returns the Problem."""
        with self.assertRaises(grpc.RpcError) as caught:
            call(*arguments, timeout=20, **options)
        self.assertEqual(caught.exception.code(), code, caught.exception.details())
        return problem_of(caught.exception)

    def assert_ends(self, stream, *codes):
        """The stream ends with one of these codes and says why; returns the Problem."""
        self.assertIn(stream.wait_end(), codes, stream.details())
        return stream.problem()

    def assert_walks(self, adapter, text):
        """The whole walk works: `echo TEXT` comes back as TEXT."""
        adapter.hear(f"echo {text}")
        adapter.wait_text(text)

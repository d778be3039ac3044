"""The three older protocols over real sockets: what each line of their documents promises."""

import json
import time
import unittest

from harness.case import HubCase
from harness.legacy import BoticaBot, Node, WnetProgram, cookie
from harness.web_socket import BINARY, PING, PONG, WebSocket
from chathub.v1 import admin_pb2, admin_pb2_grpc


class GatewayCase(HubCase):
    gateway = True

    def setUp(self):
        super().setUp()
        self.address = self.hub.gateway

    def account(self, name="ann", password="secret"):
        admin = admin_pb2_grpc.AdminStub(self.channel())
        account = admin_pb2.AddAccountRequest(name=name, password=password)
        admin.AddAccount(account, metadata=self.owner(), timeout=20)

    def wnet(self, *headers):
        program = WnetProgram(self.address, *headers)
        self.addCleanup(program.leave)
        return program

    def bot(self, name):
        bot = self.wnet(cookie("ann", "secret"))
        self.assertEqual(bot.ask(f"add@{name}"), "info@You added as bot")
        return bot

    def node(self):
        node = Node(self.address)
        self.addCleanup(node.leave)
        return node


class WnetTest(GatewayCase):
    def setUp(self):
        super().setUp()
        self.account()

    def test_a_client_and_a_bot_talk(self):
        bot, client = self.bot("weather"), self.wnet()
        self.assertEqual(client.ask("search@we"), "list@we@weather")
        self.assertEqual(client.ask("search@zz"), "list@zz@")
        self.assertEqual(client.ask("connect@nobody"), "error@No such bot")
        self.assertEqual(client.ask("connect@weather"), "connectedto@weather")
        kind, sid, account = bot.hear().split("@")
        self.assertEqual((kind, account), ("connection", "None"))
        client.say("cssend@weather@a@b@")
        self.assertEqual(bot.hear(), f"mess@{sid}@a@b@")
        bot.say(f"scsend@{sid}@c@d")
        self.assertEqual(client.hear(), "mess@weather@c@d")
        client.leave()
        self.assertEqual(bot.hear(), f"disconnected@{sid}")

    def test_a_bot_that_leaves_is_told_of(self):
        bot, client = self.bot("weather"), self.wnet()
        client.ask("connect@weather")
        bot.leave()
        self.assertEqual(client.hear(), "disconnectedfrom@weather")

    def test_bad_names_are_refused(self):
        bot = self.wnet(cookie("ann", "secret"))
        for name in ("", "bot1", "a" * 19, "погода", "a b", "a@b"):
            self.assertTrue(bot.ask(f"add@{name}").startswith("error@"), name)
        self.assertEqual(bot.ask("add@" + "a" * 18), "info@You added as bot")

    def test_a_living_holder_keeps_its_name(self):
        old, new = self.bot("weather"), self.wnet(cookie("ann", "secret"))
        self.assertTrue(new.ask("add@weather").startswith("error@Such bot connected."))
        self.assertEqual(old.hear(), "isalive")
        old.say("alive")
        self.assertTrue(new.hear().startswith("error@"))
        self.assertEqual(self.wnet().ask("search@"), "list@@weather")

    def test_a_dead_holder_loses_its_name_after_five_seconds(self):
        old, new = self.bot("weather"), self.wnet(cookie("ann", "secret"))
        started = time.monotonic()
        new.ask("add@weather")
        self.assertEqual(new.hear(), "info@You added as bot")
        self.assertGreater(time.monotonic() - started, 4.5)
        self.assertEqual(old.wait_close(), 1008)

    def test_cookies_that_prove_nothing_are_anonymous(self):
        for header in (
            (),
            ('Cookie: auth="type=password&auth=%7B%22username%22:%22ann%22%7D"',),
            ("Cookie: auth=" + "%" * 5000,),
            (cookie("ann", "wrong"),),
            ('Cookie: auth="type=telegram&auth=%7B%7D"; other=1',),
        ):
            self.assertTrue(self.wnet(*header).ask("add@weather").startswith("error@"))
        self.assertNotIn("wrong", self.hub.log())
        unquoted = cookie("ann", "secret").replace('"', "")
        self.assertEqual(self.wnet(unquoted).ask("add@weather"), "info@You added as bot")

    def test_an_arduino_s_handshake_is_answered(self):
        client = self.wnet("Sec-WebSocket-Protocol: arduino", "User-Agent: arduino-WebSocket-Client")
        self.assertEqual(client.status, 101)
        self.assertEqual(client.headers["connection"], "upgrade")
        client.frame(PING, b"still there?")
        self.assertEqual(client.next_frame(), (PONG, True, b"still there?"))


class BotCometTest(GatewayCase):
    def test_connect_verify_and_relay(self):
        comet, plugin = self.node(), self.node()
        comet.connect("comet")
        plugin.connect("plugin", address="ab" * 32)
        for address in ("ab" * 32, "PLUGIN:" + "ab" * 32):
            comet.tell("plugin_verify", src=comet.id, dst=address, context="c",
                       data={"challenge": "QUJD"})
            asked = plugin.hear_json()
            self.assertEqual((asked["src"], asked["dst"]), (comet.id, plugin.id))
            self.assertEqual((asked["context"], asked["data"]["challenge"]), ("c", "QUJD"))
            plugin.tell("plugin_verify_response", src=plugin.id, dst=comet.id, context="c",
                        data={"challenge": "REVG"})
            self.assertEqual(comet.hear_json()["data"], {"challenge": "REVG"})
        for address in (plugin.id, plugin.id):
            comet.chat("hello", to=address)
            self.assertEqual(plugin.hear_chat("adapter_event"), "hello")

    def test_what_kills_the_reference_leaves_the_hub_alive(self):
        other, bad = self.node(), self.node()
        other.connect("comet")
        bad.connect("plugin", address="x")
        for text in ("x", "null", "[]", '{"type":"plugin_connect"}', '{"type":"?"}',
                     '{"type":"adapter_event","dst":"nobody"}', "[" * 100_000):
            bad.say(text)
        bad.frame(BINARY, b'{"type":"comet_connect","dst":0,"src":0,"context":"b","data":{}}')
        self.assertEqual(bad.hear_json()["context"], "b")
        other.connect("comet")

    def test_a_plugin_comes_back_with_its_address(self):
        for _ in range(3):
            plugin = self.node()
            plugin.connect("plugin", address="ab" * 32)
            plugin.leave()


class BoticaTest(GatewayCase):
    configuration = "[gateway.botica.worker-1]"

    def bot_status(self):
        return self.hub.command("botica", "list")[0].get("status")

    def wait_status(self, status):
        until = time.monotonic() + 25
        while (now := self.bot_status()) != status:
            self.assertLess(time.monotonic(), until, f"it is {now}, not {status}")
            time.sleep(0.1)

    def test_a_bot_lives(self):
        self.assertEqual(self.bot_status(), "BOTICA_STATUS_STOPPED")
        bot = BoticaBot(self.address, "worker-1")
        self.wait_status("BOTICA_STATUS_RUNNING")
        self.assertEqual(json.loads(bot.hear()), {"type": "heartbeat"})
        self.wait_status("BOTICA_STATUS_UNKNOWN")
        bot.say('{"type":"bot","botId":"worker-1","packet":{"type":"heartbeat"}}')
        self.wait_status("BOTICA_STATUS_RUNNING")
        bot.leave()

    def test_a_bot_is_stopped(self):
        bot = BoticaBot(self.address, "worker-1")
        self.wait_status("BOTICA_STATUS_RUNNING")
        stub = admin_pb2_grpc.AdminStub(self.channel())
        request = admin_pb2.StopBoticaBotRequest(id="worker-1")
        stopped = stub.StopBoticaBot.future(request, metadata=self.owner(), timeout=20)
        self.assertEqual(bot.hear_packet("shutdownRequest")["forced"], False)
        bot.packet("shutdownResponse", ready=True)
        self.assertEqual(stopped.result().outcome, admin_pb2.BOTICA_STOP_OUTCOME_STOPPED)
        self.assertEqual(bot.wait_close(), 1000)


class DoorwayTest(GatewayCase):
    def test_a_page_from_elsewhere_may_not_connect(self):
        for origin, status in (
            ("https://evil.example", 403),
            ("null", 403),
            ("http://localhost:8080", 101),
        ):
            page = WebSocket(self.address, "/", [f"Origin: {origin}"])
            self.assertEqual(page.status, status, origin)
            page.leave()


if __name__ == "__main__":
    unittest.main()

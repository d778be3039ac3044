"""Everybody who talks, with everybody who answers: one router, whatever they speak."""

import threading
import unittest

from harness.case import HubCase
from harness.legacy import BoticaBot, Node, Plugin, PluginKey, WnetProgram, cookie
from harness.program import Program
from harness.web_socket import Closed
from harness.words import pattern
from chathub.v1 import admin_pb2, admin_pb2_grpc, handlers_pb2, handlers_pb2_grpc
from oco import core_pb2, robot_pb2, robot_pb2_grpc

TALKERS = ("shell", "WNet client", "comet")
# Who answers: what is said to whom, and a part of the answer.
ANSWERERS = {
    "C++ handler": ("echo", "echo hello", "hello"),
    "Python handler": ("roll", "roll 1d1", "1"),
    "oco Listen client": ("oracle", "oracle when", "maybe"),
    "WNet bot": ("weather", "weather Paris", "rain"),
    "BotComet plugin": ("lookup", "lookup word", "found"),
    "Botica bot": ("forecast", "forecast Rome", "sun"),
}


def answer_for_ever(program, text):
    """On a thread of its own, until the hub ends."""

    def answer():
        try:
            while True:
                program.answer_one(lambda _: text)
        except (OSError, Closed):
            return  # the test is over

    threading.Thread(target=answer, daemon=True).start()


class MatrixTest(HubCase):
    gateway = True

    @classmethod
    def setUpClass(cls):
        cls.key = PluginKey()
        cls.addClassCleanup(cls.key.remove)
        cls.configuration = f"""
            [gateway.wnet]
            expose = ["weather"]
            [gateway.botcomet.lookup]
            key = "{cls.key.public}"
            pattern = "^lookup"
            [gateway.botica.forecast]
            pattern = "^forecast"
        """

    def setUp(self):
        super().setUp()
        for name in ("chathub-handler-echo", "roll"):
            program = Program(self.hub, name)
            self.addCleanup(program.kill)
        self.shell = Program(self.hub, "chathub-adapter-shell")
        self.addCleanup(self.shell.kill)
        self.start_oco()
        self.start_legacy()
        names = ("echo", "roll", "oracle", "wnet.weather", "botcomet.lookup", "botica.forecast")
        peers = ",".join(f"handler/{name}" for name in names)
        self.hub.command("peers", "--wait", peers, "--timeout", "20")

    def start_oco(self):
        stub = handlers_pb2_grpc.HandlersStub(self.channel())
        request = handlers_pb2.RegisterRoutesRequest(name="oracle", routes=[pattern("^oracle")])
        stub.RegisterRoutes(request, metadata=self.owner("handler/oracle"), timeout=20)
        self.oco_plugin("oracle", answer="maybe")

    def start_legacy(self):
        admin = admin_pb2_grpc.AdminStub(self.channel())
        account = admin_pb2.AddAccountRequest(name="ann", password="secret")
        admin.AddAccount(account, metadata=self.owner(), timeout=20)
        bot = WnetProgram(self.hub.gateway, cookie("ann", "secret"))
        self.assertEqual(bot.ask("add@weather"), "info@You added as bot")
        answer_for_ever(bot, "rain")
        answer_for_ever(Plugin(self.hub.gateway, self.key), "found")
        answer_for_ever(BoticaBot(self.hub.gateway, "forecast"), "sun")

    # How each talker asks; returns what it heard.

    def ask_shell(self, name, text):
        heard = len(self.shell.lines.all())
        self.shell.type(text)
        return self.shell.lines.wait(lambda line: line in self.shell.lines.all()[heard:])

    def ask_wnet_client(self, name, text):
        client = WnetProgram(self.hub.gateway)
        self.addCleanup(client.leave)
        self.assertEqual(client.ask(f"connect@{name}"), f"connectedto@{name}")
        heard = client.ask(f"cssend@{name}@{text.split(' ', 1)[1]}")
        self.assertTrue(heard.startswith(f"mess@{name}@"), heard)
        return heard

    def ask_comet(self, name, text):
        comet = Node(self.hub.gateway)
        self.addCleanup(comet.leave)
        comet.connect("comet")
        comet.chat(text)
        return comet.hear_chat()

    def test_everybody_reaches_everybody(self):
        asks = dict(zip(TALKERS, (self.ask_shell, self.ask_wnet_client, self.ask_comet)))
        rows = [["", *TALKERS]]
        for answerer, (name, text, wanted) in ANSWERERS.items():
            row = [answerer]
            for talker, ask in asks.items():
                with self.subTest(talker=talker, answerer=answerer):
                    self.assertIn(wanted, ask(name, text))
                    row.append("ok")
                row += ["-"] * (1 + TALKERS.index(talker) + 1 - len(row))
            rows.append(row)
        rows.append(["oco SendMessages", *self.send_messages()])
        print("\n" + "\n".join("".join(f"{cell:20}" for cell in row) for row in rows), flush=True)

    def send_messages(self):
        """A handler that nobody asked: to a user of each kind."""
        client = WnetProgram(self.hub.gateway)
        self.addCleanup(client.leave)
        comet = Node(self.hub.gateway)
        self.addCleanup(comet.leave)
        comet.connect("comet")
        talk = self.tail_users(client, comet)
        hears = (
            lambda: self.shell.wait_line("unasked"),
            lambda: self.assertEqual(client.hear(), "mess@listener@unasked"),
            lambda: self.assertEqual(comet.hear_chat(), "unasked"),
        )
        results = []
        for talker, user, hear in zip(TALKERS, talk, hears):
            with self.subTest(talker=talker, answerer="oco SendMessages"):
                self.send_to(user)
                hear()
                results.append("ok")
        return results

    def tail_users(self, client, comet):
        """Their qualified ids, as a handler would have learnt them."""
        listener = self.handler("listener", pattern("^who"))
        self.assertEqual(client.ask("connect@listener"), "connectedto@listener")
        client.say("cssend@listener@who")
        wnet_user = listener.wait_delivery("who").event.user.id
        self.shell.type("who")
        shell_user = listener.wait("delivery", count=2)[1].event.user.id
        return shell_user, wnet_user, f"botcomet/{comet.id}"

    def send_to(self, user):
        stub = robot_pb2_grpc.RobotStub(self.channel())
        message = core_pb2.Message(
            body="unasked", source=core_pb2.Source(user=core_pb2.User(id=user))
        )
        stub.SendMessages(
            robot_pb2.SendMessagesRequest(messages=[message]),
            metadata=self.owner("handler/oracle"),
            timeout=20,
        )


if __name__ == "__main__":
    unittest.main()

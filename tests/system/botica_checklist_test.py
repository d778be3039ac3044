"""Botica, line by line of what its document promises and its Director does, over real sockets."""

import json
import unittest

from harness.gateway_case import Clock, GatewayCase
from harness.legacy import BoticaBot
from harness.waiting import wait_until
from harness.web_socket import WebSocket
from chathub.v1 import admin_pb2, admin_pb2_grpc

RUNNING, UNKNOWN, STOPPED = "RUNNING", "UNKNOWN", "STOPPED"
BOTS = ("ready", "echo", "silent", "asked", "busy", "slow", "forced", "deaf", "old", "new", "bad",
        "wrapped", "mute", "nested", "twice")


class BoticaCase(GatewayCase):
    configuration = "\n".join(f"[gateway.botica.{bot}]" for bot in BOTS)

    def bot(self, bot_id):
        bot = BoticaBot(self.address, bot_id)
        self.addCleanup(bot.leave)
        self.wait_status(bot_id, RUNNING)
        return bot

    def socket(self, path):
        socket = WebSocket(self.address, path)
        self.addCleanup(socket.leave)
        return socket

    def status(self, bot_id):
        stub = admin_pb2_grpc.AdminStub(self.channel())
        bots = stub.ListBoticaBots(admin_pb2.ListBoticaBotsRequest(), metadata=self.owner(), timeout=20)
        status = next(bot.status for bot in bots.bots if bot.id == bot_id)
        return admin_pb2.BoticaStatus.Name(status).removeprefix("BOTICA_STATUS_")

    def wait_status(self, bot_id, status):
        wait_until(lambda: self.status(bot_id) == status, f"{bot_id} is {status}")

    def stop(self, bot_id, force=False):
        """Asks the Director; the answer comes later."""
        stub = admin_pb2_grpc.AdminStub(self.channel())
        request = admin_pb2.StopBoticaBotRequest(id=bot_id, force=force)
        return stub.StopBoticaBot.future(request, metadata=self.owner(), timeout=25)

    def assert_ended(self, future, outcome):
        name = admin_pb2.BoticaStopOutcome.Name(future.result().outcome)
        self.assertEqual(name.removeprefix("BOTICA_STOP_OUTCOME_"), outcome)


class LifeTest(BoticaCase):
    def test_ready_is_running(self):
        self.assertEqual(self.status("ready"), STOPPED)
        socket = self.socket("/botica/ws/ready")
        socket.say('{"type":"ready"}')
        self.wait_status("ready", RUNNING)

    def test_an_echo_keeps_a_bot_running_and_five_seconds_of_silence_are_unknown(self):
        echo, clock, silent = self.bot("echo"), Clock(), self.bot("silent")
        while self.status("silent") == RUNNING:
            self.assertEqual(echo.hear(), '{"type":"heartbeat"}')
            echo.say('{"botId":"echo","packet":{"type":"heartbeat"},"type":"bot"}')
            self.assertEqual(self.status("echo"), RUNNING)
        self.assertEqual(self.status("silent"), UNKNOWN)
        self.assertGreater(clock.passed(), 4.5)
        self.assertLess(clock.passed(), 15)
        self.assertEqual(silent.hear(), '{"type":"heartbeat"}')  # it is asked on
        silent.packet("heartbeat")
        self.wait_status("silent", RUNNING)

    def test_a_bot_that_closes_is_unknown(self):
        self.bot("mute").leave()
        self.wait_status("mute", UNKNOWN)

    def test_a_second_socket_of_a_bot_that_lives_is_refused(self):
        self.bot("twice")
        self.assertEqual(self.socket("/botica/ws/twice").wait_close(), 1013)
        self.assertEqual(self.status("twice"), RUNNING)


class ShutdownTest(BoticaCase):
    def test_asked_and_ready(self):
        bot, answer = self.bot("asked"), self.stop("asked")
        self.assertEqual(bot.hear_packet("shutdownRequest"), {"type": "shutdownRequest", "forced": False})
        bot.packet("shutdownResponse", ready=True)
        self.assert_ended(answer, "STOPPED")
        self.assertEqual(bot.wait_close(), 1000)
        self.wait_status("asked", STOPPED)

    def test_asked_and_busy_for_ever(self):
        bot = self.bot("busy")
        for _ in range(3):
            answer = self.stop("busy")
            bot.hear_packet("shutdownRequest")
            for _ in range(5):  # said once or often, it is busy, and never a loop
                bot.packet("shutdownResponse", ready=False)
            self.assert_ended(answer, "BUSY")
        bot.packet("shutdownResponse", ready=True)  # nobody asks any more
        bot.packet("heartbeat")
        self.assertEqual(self.status("busy"), RUNNING)

    def test_silent_bots_stop_after_three_seconds_when_forced_and_never_when_asked(self):
        slow, deaf, clock = self.bot("slow"), self.bot("deaf"), Clock()
        asked, forced = self.stop("slow"), self.stop("deaf", force=True)
        slow.hear_packet("shutdownRequest")
        self.assert_ended(forced, "STOPPED")
        self.assertGreater(clock.passed(), 1.9)
        self.assertLess(clock.passed(), 8)
        self.assertEqual(deaf.wait_close(), 1000)
        self.assert_ended(asked, "TIMEOUT")
        self.assertGreater(clock.passed(), 8.5)
        slow.packet("heartbeat")
        self.wait_status("slow", RUNNING)

    def test_forced_and_busy_stops_all_the_same(self):
        bot, answer = self.bot("forced"), self.stop("forced", force=True)
        self.assertEqual(bot.hear_packet("shutdownRequest"), {"type": "shutdownRequest", "forced": True})
        bot.packet("shutdownResponse", ready=False)
        self.assert_ended(answer, "STOPPED")
        self.assertEqual(bot.wait_close(), 1000)
        self.wait_status("forced", STOPPED)

    def test_a_response_without_a_request_id(self):
        bot, answer = self.bot("old"), self.stop("old")
        self.assertNotIn("requestId", bot.hear_packet("shutdownRequest"))
        bot.say('{"type":"bot","botId":"old","packet":{"type":"shutdownResponse","ready":true}}')
        self.assert_ended(answer, "STOPPED")

    def test_a_response_with_a_request_id(self):
        for value in ("null", '"Ab12Cd34"'):
            bot, answer = self.bot("new"), self.stop("new")
            bot.hear_packet("shutdownRequest")
            bot.say('{"botId":"new","packet":{"requestId":%s,"ready":true,"type":"shutdownResponse"},'
                    '"type":"bot"}' % value)
            self.assert_ended(answer, "STOPPED")
            bot.wait_close()


class PacketTest(BoticaCase):
    def assert_rejected(self, bot_id, *frames):
        """None of them starts the bot, and the connection survives them."""
        socket = self.socket(f"/botica/ws/{bot_id}")
        for frame in frames:
            socket.say(frame)
        self.assertEqual(self.status(bot_id), STOPPED)
        socket.say('{"type":"ready","more":[1]}')
        self.wait_status(bot_id, RUNNING)

    def test_malformed_packets_are_rejected_and_the_connection_survives(self):
        self.assert_rejected(
            "bad", "x", "null", "[]", "{}", '{"type":1}', '{"type":"party"}', '{"type":"ready"} x',
            '{"type":"shutdownResponse"}', '{"type":"shutdownResponse","ready":"true"}',
            '{"type":"order"}', '{"type":"order","key":1,"action":"a","payload":"b"}',
            '{"type":"bot"}', '{"type":"bot","botId":"bad"}', '{"type":"bot","packet":{"type":"ready"}}',
            '{"type":"bot","botId":7,"packet":{"type":"ready"}}', "[" * 100_000,
        )

    def test_a_nested_wrapper_is_refused(self):
        inner = '{"type":"bot","botId":"nested","packet":%s}'
        frame = '{"type":"ready"}'
        for _ in range(20):
            frame = inner % frame
        self.assert_rejected("nested", inner % (inner % '{"type":"ready"}'), frame)

    def test_an_unknown_bot_is_ignored(self):
        stranger = self.socket("/botica/ws/nobody")
        stranger.say('{"type":"ready"}')
        self.assert_walks()
        self.assertNotIn("nobody", json.dumps(self.hub.command("botica", "list")))
        other = self.socket("/botica/ws")
        other.say('{"type":"bot","botId":"nobody","packet":{"type":"ready"}}')
        self.assert_walks()

    def test_a_packet_of_another_bot_is_ignored(self):
        bot = self.bot("wrapped")
        bot.say('{"type":"bot","botId":"mute","packet":{"type":"ready"}}')
        bot.say('{"type":"bot","botId":"wrapped","packet":{"type":"heartbeat"}}')
        self.assertNotEqual(self.status("mute"), RUNNING)

    def test_wrapped_packets_need_no_id_in_the_path(self):
        bot_id = "echo"
        socket = self.socket("/botica/ws")
        socket.say('{"type":"ready"}')  # of whom?
        socket.say('{"type":"bot","botId":"%s","packet":{"type":"ready"}}' % bot_id)
        self.wait_status(bot_id, RUNNING)
        socket.say('{"type":"heartbeat"}')  # bare, now that it is known
        answer = self.stop(bot_id)
        while json.loads(heard := socket.hear())["type"] != "shutdownRequest":
            self.assertEqual(heard, '{"type":"heartbeat"}')
        socket.say('{"type":"shutdownResponse","ready":true}')
        self.assert_ended(answer, "STOPPED")


if __name__ == "__main__":
    unittest.main()

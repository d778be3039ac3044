"""What hostile programs of older protocols say: one answer each, and nobody else notices."""

import hashlib
import json
import re
import secrets
import unittest

from harness.gateway_case import GatewayCase, fresh_name
from harness.legacy import BoticaBot, PluginKey, cookie
from harness.waiting import wait_until
from harness.web_socket import BINARY, WebSocket
from chathub.v1 import admin_pb2, admin_pb2_grpc

CONNECT = '{"type":"comet_connect","dst":0,"src":0,"context":"c","data":{%s}}'


class JsonTest(GatewayCase):
    """BotComet's and Botica's JSON: one documented behaviour for each oddity."""

    def assert_read(self, message):
        node = self.node()
        node.say(message)
        self.assertEqual(node.hear_json()["type"], "comet_connect_response")

    def assert_dropped(self, *messages):
        node = self.node()
        for message in messages:
            node.say(message)
        node.connect("comet")  # the next thing that it hears

    def test_a_hundred_thousand_brackets_are_dropped(self):
        self.assert_dropped("[" * 100_000, '{"a":' * 50_000, CONNECT % ('"x":' + "[" * 100_000))

    def test_thirty_two_levels_are_read_and_more_are_dropped(self):
        # The message and its data are two of them.
        self.assert_read(CONNECT % ('"x":' + "[" * 30 + "]" * 30))
        self.assert_dropped(CONNECT % ('"x":' + "[" * 31 + "]" * 31))

    def test_a_quarter_of_a_mebibyte_is_read_and_more_ends_the_connection(self):
        many = ",".join(f'"k{number}":{{}}' for number in range(17_000))
        self.assertLess(len(many), 250_000)
        self.assert_read(CONNECT % many)
        node = self.node()
        node.say(CONNECT % ('"x":"%s"' % ("y" * 300_000)))
        self.assertEqual(node.wait_close(), 1009)

    def test_of_a_key_that_is_there_twice_the_last_one_counts(self):
        self.assert_read('{"type":"?","type":"comet_connect","dst":1,"dst":0,"data":{}}')
        self.assert_dropped('{"type":"comet_connect","type":"?","dst":0,"data":{}}')

    def test_a_key_that_is_there_twice_is_readdressed_twice(self):
        address, comet = secrets.token_hex(32), self.node("comet")
        plugin = self.node("plugin", address=address)
        comet.say('{"type":"adapter_event","src":"a","\\u0073rc":"b","dst":"%s","data":{}}' % address)
        pairs = json.loads(plugin.hear(), object_pairs_hook=list)
        self.assertEqual([value for key, value in pairs if key == "src"], [comet.id, comet.id])

    def test_numbers_beyond_all_doubles_are_read_and_are_no_address(self):
        self.assert_read(CONNECT % '"x":[1e999,-1e999,1e-999,-0,123456789012345678901234567890]')
        comet = self.node("comet")
        for number in ("1e999", "-1e999", "0e999", "1", "-1", "0.5"):
            comet.say('{"type":"adapter_event","dst":%s,"data":{"event":"message_create","data":'
                      '{"id":"1","content":"lost"}}}' % number)
        comet.connect("comet")

    def test_every_spelling_of_zero_is_the_station(self):
        self.echo("zero")
        comet = self.node("comet")
        for zero in ("0", "-0", "0.0", "0e5", '"0"', '"STATION"', '"CONNECTION"'):
            comet.say('{"type":"adapter_event","dst":%s,"data":{"event":"message_create","data":'
                      '{"id":"1","content":"zero %s"}}}' % (zero, len(zero)))
            self.assertEqual(comet.hear_chat(), str(len(zero)))

    def test_numbers_keep_their_spelling_on_the_way_to_others(self):
        address, comet = secrets.token_hex(32), self.node("comet")
        plugin = self.node("plugin", address=address)
        numbers = "[1e999,-0,1.50,123456789012345678901234567890,0e0]"
        comet.say('{"type":"adapter_event","dst":"%s","data":{"n":%s}}' % (address, numbers))
        self.assertIn(numbers, plugin.hear())

    def test_what_is_no_json_number_is_dropped(self):
        self.assert_dropped(*[CONNECT % f'"x":{number}' for number in
                              ("NaN", "Infinity", "+1", "01", "1.", ".5", "0x1", "1e")])

    def test_a_lone_surrogate_is_dropped_and_a_pair_is_read(self):
        self.assert_dropped(CONNECT % r'"x":"\ud800"', CONNECT % r'"x":"\udc00\ud800"')
        self.assert_read(CONNECT % r'"x":"\ud83d\ude00"')

    def test_a_nul_in_a_text_is_kept(self):
        comet = self.node()
        comet.tell("comet_connect", context="a\0b")
        self.assertEqual(comet.hear_json()["context"], "a\0b")
        self.echo("nul")
        comet.connect("comet")
        comet.chat("nul a\0b")
        self.assertEqual(comet.hear_chat(), "a\0b")

    def test_a_byte_order_mark_is_dropped(self):
        self.assert_dropped("\ufeff" + CONNECT % "")

    def test_what_is_behind_the_json_is_no_json(self):
        self.assert_dropped(CONNECT % "" + " x", CONNECT % "" + CONNECT % "", CONNECT % "" + "\0")
        self.assert_read(" \t\r\n" + CONNECT % "" + " \t\r\n")

    def test_comments_and_trailing_commas_are_no_json(self):
        self.assert_dropped("/* x */" + CONNECT % "", CONNECT % '"x":1,', '{"type":"comet_connect",}')

    def test_bytes_that_are_no_utf_8_end_the_connection(self):
        node = self.node()
        node.frame(BINARY, b'{"type":"comet_connect","x":"\xff"}')
        self.assertEqual(node.wait_close(), 1007)

    def test_twenty_messages_that_make_no_sense_end_the_connection(self):
        node = self.node()
        for _ in range(20):
            node.say("nonsense")
        self.assertEqual(node.wait_close(), 1007)
        self.assert_walks()


class BotCometTest(GatewayCase):
    def pair(self):
        address = secrets.token_hex(32)
        return self.node("comet"), self.node("plugin", address=address), address

    def test_a_forged_src_is_replaced_by_the_sender_s_own_id(self):
        victim, (comet, plugin, address) = self.node("comet"), self.pair()
        for forged in (victim.id, plugin.id, 0, "0", None, {"a": 1}, [victim.id]):
            comet.tell("adapter_event", src=forged, dst=address, data={})
            self.assertEqual(plugin.hear_json()["src"], comet.id)
        plugin.tell("adapter_event_response", src=victim.id, dst=comet.id, data={})
        self.assertEqual(comet.hear_json()["src"], plugin.id)

    def test_messages_for_the_station_do_not_loop(self):
        comet, plugin, _ = self.pair()
        for kind in ("plugin_verify", "adapter_event", "comet_connect_response"):
            for dst in (0, "0", "STATION"):
                comet.tell(kind, dst=dst, context="loop", data={"challenge": "QQ=="})
        for kind in ("plugin_verify_response", "adapter_event_response", "plugin_connect_response"):
            plugin.tell(kind, dst=0, context="loop", data={"challenge": "QQ=="})
        comet.connect("comet")
        self.assertNotEqual(plugin.connect("comet"), comet.id)

    def test_an_answer_to_a_verification_that_nobody_asked_for_is_dropped(self):
        comet, plugin, _ = self.pair()
        plugin.tell("plugin_verify_response", dst=comet.id, context="c", data={"challenge": "QQ=="})
        plugin.connect("comet")  # by now it was heard
        comet.connect("comet")

    def test_a_verification_is_answered_once_and_by_who_was_asked(self):
        comet, plugin, address = self.pair()
        other = self.node("plugin", address=secrets.token_hex(32))
        comet.tell("plugin_verify", dst=address, context="v", data={"challenge": "QQ=="})
        plugin.hear_json()
        other.tell("plugin_verify_response", dst=comet.id, context="v", data={"challenge": "forged"})
        other.connect("comet")
        for answer in ("first", "second"):
            plugin.tell("plugin_verify_response", dst=comet.id, context="v", data={"challenge": answer})
        self.assertEqual(comet.hear_json()["data"]["challenge"], "first")
        plugin.connect("comet")
        comet.connect("comet")

    def test_a_context_may_be_used_again_once_it_is_answered(self):
        comet, plugin, address = self.pair()
        for round_ in range(3):
            comet.tell("plugin_verify", dst=address, context="same", data={"challenge": "QQ=="})
            plugin.hear_json()
            plugin.tell("plugin_verify_response", dst=comet.id, context="same",
                        data={"challenge": str(round_)})
            self.assertEqual(comet.hear_json()["data"]["challenge"], str(round_))

    def test_verifications_that_nobody_answers_do_not_keep_others_from_theirs(self):
        comet, plugin, address = self.pair()
        for number in range(300):
            comet.tell("plugin_verify", dst=address, context=str(number), data={"challenge": "QQ=="})
            plugin.hear_json()
        plugin.tell("plugin_verify_response", dst=comet.id, context="299", data={"challenge": "x"})
        self.assertEqual(comet.hear_json()["context"], "299")

    def test_a_flood_of_verifications_keeps_nobody_else_from_theirs(self):
        public = self.hub.data / "botcomet-public.pem"
        own = hashlib.sha256(public.read_bytes()).hexdigest()
        key = PluginKey()  # only for its lock
        self.addCleanup(key.remove)
        challenge = {"challenge": key.lock(b"hello", public)}
        flood, comet = self.node("comet"), self.node("comet")
        for _ in range(10):
            for _ in range(50):
                flood.tell("plugin_verify", dst=own, context="flood", data=challenge)
            comet.tell("plugin_verify", dst=own, context="mine", data=challenge)
            self.assertEqual(comet.hear_json()["context"], "mine")

    def test_connecting_twice_takes_nothing_from_anybody(self):
        comet, plugin, address = self.pair()
        first = plugin.id
        self.assertEqual(plugin.connect("plugin", address=address), first)
        # Another address for the same socket is refused.
        plugin.tell("plugin_connect", context="x", data={"address": secrets.token_hex(32)})
        self.assertNotEqual(plugin.connect("comet"), first)
        comet.tell("adapter_event", dst=address, data={})
        self.assertEqual(plugin.hear_json()["dst"], first)

    def test_a_node_without_a_role_cannot_speak_for_one(self):
        comet, plugin, address = self.pair()
        bare = self.node()
        for kind, dst in (("adapter_event", address), ("plugin_verify", address),
                          ("adapter_event_response", comet.id), ("plugin_verify_response", comet.id)):
            bare.tell(kind, src=comet.id, dst=dst, context="c", data={"challenge": "QQ=="})
        # A comet is no plugin, and a plugin is no comet.
        comet.tell("adapter_event_response", dst=comet.id, data={})
        plugin.tell("adapter_event", dst=address, data={})
        bare.connect("comet")
        comet.connect("comet")
        plugin.connect("plugin", address=address)


class BoticaTest(GatewayCase):
    configuration = "[gateway.botica.one]\n[gateway.botica.two]"

    def status(self, bot_id):
        stub = admin_pb2_grpc.AdminStub(self.channel())
        bots = stub.ListBoticaBots(admin_pb2.ListBoticaBotsRequest(), metadata=self.owner(), timeout=20)
        return next(bot.status for bot in bots.bots if bot.id == bot_id)

    def wait_status(self, bot_id, status):
        wait_until(lambda: self.status(bot_id) == status, f"{bot_id} is {status}")

    def test_shouting_is_not_silence_but_other_packets_are(self):
        """Only `ready` and a heartbeat are signs of life."""
        bot = BoticaBot(self.address, "one")
        self.addCleanup(bot.leave)
        self.wait_status("one", admin_pb2.BOTICA_STATUS_RUNNING)

        def unknown():
            bot.say('{"type":"party"}')
            return self.status("one") == admin_pb2.BOTICA_STATUS_UNKNOWN

        wait_until(unknown, "it is UNKNOWN")

    def test_a_flood_of_answers_and_wrappers_stops_nothing(self):
        bot = BoticaBot(self.address, "two")
        self.addCleanup(bot.leave)
        nested = '{"type":"bot","botId":"two","packet":{"type":"bot","botId":"two","packet":%s}}'
        for ready in (True, False) * 200:
            bot.packet("shutdownResponse", ready=ready)
            bot.say(nested % json.dumps({"type": "shutdownResponse", "ready": True}))
        self.wait_status("two", admin_pb2.BOTICA_STATUS_RUNNING)

    def test_a_bot_cannot_be_taken_by_another_socket(self):
        bot = BoticaBot(self.address, "two")
        self.addCleanup(bot.leave)
        self.wait_status("two", admin_pb2.BOTICA_STATUS_RUNNING)
        for path in ("/botica/ws/two", "/botica/ws"):
            thief = WebSocket(self.address, path)
            self.addCleanup(thief.leave)
            thief.say('{"type":"bot","botId":"two","packet":{"type":"ready"}}')
            self.assertEqual(thief.wait_close(), 1013)


class WnetTest(GatewayCase):
    def test_sids_are_128_bits_and_none_is_like_another(self):
        name, sids = fresh_name(), set()
        bot = self.bot(name)
        for _ in range(50):
            client = self.wnet()
            client.ask(f"connect@{name}")
            sids.add(bot.hear().split("@")[1])
        self.assertEqual(len(sids), 50)
        for sid in sids:
            self.assertRegex(sid, "^[0-9a-f]{32}$|^[0-9a-z]{25,}$")

    def test_a_sid_that_was_guessed_or_is_somebody_else_s_reaches_nobody(self):
        mine, other = self.bot(fresh_name()), fresh_name()
        holder, client = self.bot(other), self.wnet()
        client.ask(f"connect@{other}")
        sid = holder.hear().split("@")[1]
        for guess in (sid, secrets.token_hex(16), "", "0", sid[:-1], sid.upper(), "%s", "../x"):
            self.assert_error(mine.ask(f"scsend@{guess}@hello"))
        self.assertEqual(client.ask("search@zzz"), "list@zzz@")

    def test_a_search_with_very_many_bots_is_capped(self):
        prefix = fresh_name("many")
        for _ in range(12):
            bot = self.candidate()
            for number in range(100):
                letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:02}")
                self.assertEqual(bot.ask(f"add@{prefix}{fresh_name(letters)}"), "info@You added as bot")
            self.assert_error(bot.ask(f"add@{fresh_name()}"))
        names = self.wnet().ask(f"search@{prefix}").split("@")[2:]
        self.assertEqual(len(names), 1000)
        self.assertEqual(names, sorted(names))

    def test_cookies_of_every_bad_kind_are_nobody_and_are_never_logged(self):
        self.hub.command("account", "add", "canaryowner", "--password-stdin", typed="canaryright\n")
        secret = "canary" + secrets.token_hex(4)
        good = cookie("ann", secret)
        headers = [
            good,  # a wrong password
            good.replace('"', ""),
            good.replace("password&", "telegram&"),
            good.replace("type=password&", ""),
            good.replace("auth=%7B", "auth=%7"),
            good.replace("%22username%22", "%22user%22"),
            good.replace("%", "%25"),
            good[:-1],
            f'Cookie: auth="{secret}"',
            f"Cookie: auth={secret}; auth={secret}",
            f'Cookie: auth="type=password&auth={"%5B" * 200}{secret}"',
            f'Cookie: auth="type=password&auth={secret}{"x" * 6000}"',
            f"Cookie: {secret}",
            f"Cookie: auth=\x01{secret}",
            f"Cookie: auth=\xff{secret}",
            f"Cookie: ;;;=;auth==;{secret}",
        ]
        for header in headers:
            program = self.socket_with(header)
            if program is not None:
                self.assert_error(program.ask(f"add@{fresh_name()}"))
        self.wnet(cookie("canaryowner", "canaryright")).ask(f"add@{fresh_name()}")
        self.assert_walks()
        self.assertNotIn(secret, self.hub.log())
        self.assertNotIn("canaryright", self.hub.log())
        cmdline = open(f"/proc/{self.hub.pid}/cmdline", encoding="utf-8").read()
        self.assertNotIn("canary", cmdline)

    def socket_with(self, header):
        """None where HTTP itself refuses the header."""
        program = self.wnet(header)
        if program.status == 101:
            return program
        self.assertIn(program.status, (400, 431))
        return None

    def test_names_in_errors_do_not_reach_the_log_as_they_are(self):
        client = self.wnet()
        for text in ("add@\x1b[31mred", "connect@a\nb", "\r\ninjected level=error", "search@\x07"):
            client.ask(text)
        self.assertNotRegex(self.hub.log(), re.compile("\x1b|\x07|^injected", re.MULTILINE))


if __name__ == "__main__":
    unittest.main()

"""BotComet, line by line of what its document promises and its programs do, over real sockets."""

import hashlib
import json
import secrets
import time
import unittest

from harness.gateway_case import Clock, GatewayCase
from harness.legacy import PluginKey
from harness.web_socket import BINARY

KINDS = ("plugin_verify", "plugin_verify_response", "adapter_event", "adapter_event_response")


def fresh_address():
    return secrets.token_hex(32)


class CometCase(GatewayCase):
    def pair(self):
        """A comet, a plugin and the plugin's address."""
        address = fresh_address()
        return self.node("comet"), self.node("plugin", address=address), address

    def verify(self, comet, plugin, address, context="c"):
        comet.tell("plugin_verify", src=comet.id, dst=address, context=context,
                   data={"challenge": "QUJD"})
        return plugin.hear_json()


class ConnectTest(CometCase):
    def test_a_comet_connects(self):
        comet = self.node()
        comet.tell("comet_connect", context="9qkj3ofsy1q")
        heard = comet.hear_json()
        self.assertRegex(heard.pop("dst"), "^[0-9a-z]{8,}$")
        wanted = {"type": "comet_connect_response", "src": 0, "context": "9qkj3ofsy1q", "data": {}}
        self.assertEqual(heard, wanted)
        self.assertNotIsInstance(heard["src"], bool)

    def test_a_plugin_connects(self):
        plugin = self.node()
        plugin.tell("plugin_connect", context="x", data={"address": fresh_address()})
        heard = plugin.hear_json()
        self.assertRegex(heard.pop("dst"), "^[0-9a-z]{8,}$")
        wanted = {"type": "plugin_connect_response", "src": 0, "context": "x", "data": {}}
        self.assertEqual(heard, wanted)

    def test_without_a_context_the_answer_has_none(self):
        comet = self.node()
        comet.tell("comet_connect")
        self.assertNotIn("context", comet.hear_json())

    def test_a_second_connect_of_a_role_hears_the_same_id(self):
        comet = self.node("comet")
        first = comet.id
        self.assertEqual(comet.connect("comet"), first)
        address = fresh_address()
        plugin = self.node("plugin", address=address)
        first = plugin.id
        self.assertEqual(plugin.connect("plugin", address=address), first)

    def test_ids_are_never_given_twice(self):
        ids = set()
        for _ in range(20):
            node = self.node("comet")
            ids.add(node.id)
            node.leave()
        self.assertEqual(len(ids), 20)

    def test_any_path_and_a_binary_frame_are_accepted(self):
        node = self.node(path="/some/other/path?x=1")
        node.frame(BINARY, b'{"type":"comet_connect","dst":0,"src":0,"context":"b","data":{}}')
        self.assertEqual(node.hear_json()["context"], "b")

    def test_the_strings_that_older_programs_say_for_the_station_are_accepted(self):
        node = self.node()
        node.tell("comet_connect", src="CONNECTION", dst="STATION", context="old")
        self.assertEqual(node.hear_json()["context"], "old")

    def test_both_roles_on_one_socket(self):
        address, node, other = fresh_address(), self.node(), self.node("comet")
        comet_id = node.connect("comet")
        plugin_id = node.connect("plugin", address=address)
        self.assertNotEqual(comet_id, plugin_id)
        asked = self.verify(other, node, address)
        self.assertEqual((asked["src"], asked["dst"]), (other.id, plugin_id))
        # As a comet it talks with itself as a plugin.
        node.tell("adapter_event", src=comet_id, dst=address, data={"event": "x", "data": {}})
        heard = node.hear_json()
        self.assertEqual((heard["src"], heard["dst"]), (comet_id, plugin_id))


class VerifyTest(CometCase):
    def assert_asked(self, prefix):
        comet, plugin, address = self.pair()
        asked = self.verify(comet, plugin, prefix + address)
        wanted = {"type": "plugin_verify", "src": comet.id, "dst": plugin.id, "context": "c",
                  "data": {"challenge": "QUJD"}}
        self.assertEqual(asked, wanted)

    def test_by_the_bare_address_dst_is_the_id_and_all_else_is_kept(self):
        self.assert_asked("")

    def test_by_the_prefix_plugin_likewise(self):
        self.assert_asked("PLUGIN:")

    def test_the_response_is_relayed(self):
        comet, plugin, address = self.pair()
        asked = self.verify(comet, plugin, address, context="v1")
        response = {"type": "plugin_verify_response", "src": plugin.id, "dst": asked["src"],
                    "context": "v1", "data": {"challenge": "REVG"}, "more": [1.50, None]}
        plugin.say(json.dumps(response))
        self.assertEqual(comet.hear_json(), response)

    def test_a_real_key_is_verified_between_two_real_programs(self):
        key = PluginKey()
        self.addCleanup(key.remove)
        comet, plugin = self.node("comet"), self.node("plugin", address=key.address)
        text = secrets.token_hex(170).encode()  # as long as real comets make it
        comet.tell("plugin_verify", src=comet.id, dst=key.address, context="v",
                   data={"challenge": key.lock(text)})
        asked = plugin.hear_json()
        plugin.tell("plugin_verify_response", src=plugin.id, dst=asked["src"], context="v",
                    data={"challenge": key.unlock(asked["data"]["challenge"])})
        self.assertEqual(key.open(comet.hear_json()["data"]["challenge"]), text)


class EventTest(CometCase):
    def assert_event(self, dst_of, **more):
        comet, plugin, address = self.pair()
        event = {"type": "adapter_event", "src": comet.id, "dst": dst_of(plugin, address),
                 "context": "ADAPTER", "data": {"event": "x", "data": {"n": 1e2}}, **more}
        comet.say(json.dumps(event))
        self.assertEqual(plugin.hear_json(), {**event, "dst": plugin.id})

    def test_an_adapter_event_by_id(self):
        self.assert_event(lambda plugin, address: plugin.id)

    def test_an_adapter_event_by_address(self):
        self.assert_event(lambda plugin, address: address)

    def test_members_that_nobody_knows_survive(self):
        self.assert_event(lambda plugin, address: address, more={"src": 1, "dst": [None]}, big=1e30)

    def test_an_adapter_event_response(self):
        comet, plugin, _ = self.pair()
        response = {"type": "adapter_event_response", "src": plugin.id, "dst": comet.id,
                    "context": "ADAPTER", "data": {"event": "y", "data": {}}, "more": "kept"}
        plugin.say(json.dumps(response))
        self.assertEqual(comet.hear_json(), response)

    def test_comet_bubbledown_to_the_hub_does_not_loop(self):
        handler = self.handler("mirror", answers=lambda delivery: delivery.text)
        comet = self.node("comet")
        comet.chat("mirror one")
        answer = comet.hear_json()
        # What the reference's comet fires for an answer.
        comet.tell("adapter_event", src=comet.id, dst=0, context="ADAPTER",
                   data={"event": "__comet_bubbledown", "data": answer})
        comet.chat("mirror two")
        self.assertEqual(comet.hear_chat(), "mirror two")
        texts = [delivery.text for delivery in handler.stream.heard.all() if hasattr(delivery, "text")]
        self.assertNotIn("mirror one", texts[1:])


class HubAsAPluginTest(CometCase):
    def setUp(self):
        super().setUp()
        self.public = self.hub.data / "botcomet-public.pem"
        self.own = hashlib.sha256(self.public.read_bytes()).hexdigest()
        self.key = PluginKey()  # only for its lock and open
        self.addCleanup(self.key.remove)

    def test_the_hub_proves_its_own_key_and_answers_by_its_address(self):
        self.echo("own")
        comet = self.node("comet")
        text = secrets.token_hex(170).encode()
        for address in (self.own, "PLUGIN:" + self.own):
            comet.tell("plugin_verify", src=comet.id, dst=address, context="v",
                       data={"challenge": self.key.lock(text, self.public)})
            heard = comet.hear_json()
            self.assertEqual((heard["type"], heard["context"]), ("plugin_verify_response", "v"))
            self.assertEqual(self.key.open(heard["data"]["challenge"], self.public), text)
        comet.chat("own hello", to=self.own)
        answer = comet.hear_json()
        self.assertEqual(answer["src"], heard["src"])
        self.assertEqual(answer["data"]["data"]["content"], "hello")

    def test_the_hub_s_own_address_is_nobody_else_s(self):
        thief = self.node()
        thief.tell("plugin_connect", context="thief", data={"address": self.own})
        thief.connect("comet")  # the next thing it hears: the claim was not answered

    def test_a_challenge_that_is_none_is_not_answered(self):
        comet = self.node("comet")
        for challenge in ("", "x", "QUJD", "A" * 344, "A" * 100_000):
            comet.tell("plugin_verify", src=comet.id, dst=self.own, context="bad",
                       data={"challenge": challenge})
        comet.tell("plugin_verify", src=comet.id, dst=self.own, context="good",
                   data={"challenge": self.key.lock(b"hello", self.public)})
        self.assertEqual(comet.hear_json()["context"], "good")


class TakeOverTest(CometCase):
    def test_a_plugin_that_left_comes_back_at_once(self):
        address = fresh_address()
        for _ in range(3):
            plugin = self.node("plugin", address=address)
            plugin.leave()
        comet, plugin = self.node("comet"), self.node("plugin", address=address)
        self.assertEqual(self.verify(comet, plugin, address)["dst"], plugin.id)

    def test_a_holder_that_is_dead_loses_its_address_after_five_seconds(self):
        address = fresh_address()
        dead = self.node("plugin", address=address, deaf=True)
        clock, heir = Clock(), self.node("plugin", address=address)
        self.assertGreater(clock.passed(), 4.5)
        self.assertLess(clock.passed(), 15)
        comet = self.node("comet")
        self.assertEqual(self.verify(comet, heir, address)["dst"], heir.id)
        self.assertEqual(dead.wait_close(), 1008)

    def test_a_holder_that_lives_keeps_its_address(self):
        address = fresh_address()
        holder, rival, comet = self.node("plugin", address=address), self.node(), self.node("comet")
        rival.tell("plugin_connect", context="rival", data={"address": address})
        clock = Clock()
        while clock.passed() < 6:  # it answers pings while it listens
            self.verify(comet, holder, address, context=str(clock.passed()))
            time.sleep(0.04)
        rival.connect("comet")  # the next thing it hears: the claim was not answered
        self.assertEqual(self.verify(comet, holder, address)["dst"], holder.id)


class StationKillersTest(CometCase):
    """Each input that ends the reference's Station: this one goes on, and so do its neighbours."""

    def assert_survives(self, *frames):
        bystander, bad = self.node("comet"), self.node("comet")
        bad.connect("plugin", address=fresh_address())
        for frame in frames:
            bad.say(frame if isinstance(frame, str) else json.dumps(frame))
        bad.connect("comet")
        bystander.connect("comet")

    def test_text_that_is_not_json(self):
        self.assert_survives("x", "", "{", '"', "}{")

    def test_json_that_is_no_object(self):
        self.assert_survives("null", "[]", "1", '"text"', "true")

    def test_an_unknown_type(self):
        self.assert_survives({"type": "?"}, {"type": "comet_connect_response", "dst": "x"})

    def test_a_type_that_is_no_text(self):
        self.assert_survives({"type": 1}, {"type": None}, {"type": {}}, {})

    def test_a_second_connect_of_the_same_role(self):
        self.assert_survives({"type": "plugin_connect", "data": {"address": fresh_address()}})

    def test_plugin_connect_without_data_or_address(self):
        self.assert_survives({"type": "plugin_connect"}, {"type": "plugin_connect", "data": {}},
                             {"type": "plugin_connect", "data": {"address": None}},
                             {"type": "plugin_connect", "data": {"address": ""}})

    def test_messages_for_unknown_departed_and_prefixed_addresses(self):
        gone = self.node("plugin", address=fresh_address())
        gone.leave()
        self.assert_survives(*[
            {"type": kind, "src": 0, "dst": dst, "context": "c", "data": {"challenge": "QQ=="}}
            for kind in KINDS for dst in ("nobody", "PLUGIN:nobody", "PLUGIN:", gone.id)
        ])

    def test_messages_without_addresses_or_data(self):
        self.assert_survives(*[{"type": kind} for kind in KINDS],
                             *[{"type": kind, "dst": 0, "data": []} for kind in KINDS])

    def test_a_socket_without_a_role_that_sends_everything(self):
        bare, comet = self.node(), self.node("comet")
        for kind in KINDS:
            bare.tell(kind, dst=comet.id, context="c", data={"challenge": "QQ=="})
        bare.connect("comet")
        comet.connect("comet")  # and heard nothing else


if __name__ == "__main__":
    unittest.main()

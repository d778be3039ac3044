"""OpenChatOps, line by line: a client that sees nothing but the published package `oco`."""

import unittest

from harness.case import HubCase
from harness.words import pattern
from chathub.v1 import handlers_pb2, handlers_pb2_grpc

LAB = {"id": "lab", "name": "the lab"}
ADA = {"id": "ada", "name": "Ada Lovelace", "mentionName": "ada"}


class OpenChatOpsTest(HubCase):
    def setUp(self):
        super().setUp()
        self.chat = self.adapter()
        stub = handlers_pb2_grpc.HandlersStub(self.channel())
        request = handlers_pb2.RegisterRoutesRequest(
            name="oracle", routes=[pattern(r"^ask (\w+)", "one"), pattern("heaven", "two")]
        )
        stub.RegisterRoutes(request, metadata=self.owner("handler/oracle"), timeout=20)

    def send(self, plugin, body, with_mention=False, **source):
        messages = [{"body": body, "source": source}]
        # The name in protobuf's JSON is the name in the file: no other is accepted.
        return plugin.call("SendMessages", WithMention=with_mention, messages=messages)

    def test_join_and_part(self):
        plugin = self.oco_plugin("oracle")
        for method, kind in (("Join", "join"), ("Part", "part")):
            self.assertEqual(plugin.call(method, room=LAB), "OK")
            order = self.chat.wait("order", lambda order: order.actions[0].HasField(kind))
            self.assertEqual(order.conversation.room, "shell/lab")

    def test_listen_and_send_messages(self):
        plugin = self.oco_plugin("oracle", answer="maybe")
        self.chat.hear("hub: ask hell", user="ada", room="lab")
        plugin.wait("event", body="ask hell", user="shell/ada", room="shell/lab")
        self.assertEqual(self.chat.wait_text("maybe").conversation.room, "shell/lab")

    def test_one_event_for_each_matching_route_and_its_pattern_is_filled(self):
        plugin = self.oco_plugin("oracle")
        self.chat.hear("hub: ask heaven")
        patterns = {event["pattern"] for event in plugin.wait("event", count=2)}
        self.assertEqual(patterns, {r"^ask (\w+)", "heaven"})

    def test_with_mention_prefixes_in_rooms(self):
        plugin = self.oco_plugin("oracle")
        self.assertEqual(self.send(plugin, "rain", True, user=ADA, room=LAB), "OK")
        self.chat.wait("order")
        self.assertRegex(self.chat.texts()[0], "^@?ada[:,]? rain$")

    def test_with_mention_prefixes_nothing_in_private(self):
        plugin = self.oco_plugin("oracle")
        self.assertEqual(self.send(plugin, "rain", True, user=ADA), "OK")
        self.assertEqual(self.chat.wait_text("rain").conversation.user, "shell/ada")

    def test_a_room_wins_over_a_user(self):
        plugin = self.oco_plugin("oracle")
        self.assertEqual(self.send(plugin, "rain", user=ADA, room=LAB), "OK")
        talk = self.chat.wait_text("rain").conversation
        self.assertEqual((talk.room, talk.user), ("shell/lab", ""))

    def test_neither_user_nor_room_is_refused(self):
        self.assertEqual(self.send(self.oco_plugin("oracle"), "rain"), "INVALID_ARGUMENT")

    def test_an_unknown_plugin_is_told_so(self):
        self.assertEqual(self.oco_plugin("nobody").wait("ended")["code"], "NOT_FOUND")

    def test_a_wrong_secret_is_refused(self):
        plugin = self.oco_plugin("oracle", token="0" * 64)
        self.assertEqual(plugin.wait("ended")["code"], "UNAUTHENTICATED")


if __name__ == "__main__":
    unittest.main()

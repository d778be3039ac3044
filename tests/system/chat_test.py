"""Speaking in the chat without having been spoken to."""

import time
import unittest

import grpc
from harness.case import HubCase
from harness.words import at, private_talk, room_talk
from chathub.v1 import adapters_pb2, chat_pb2, chat_pb2_grpc, problem_pb2


class ChatTest(HubCase):
    def setUp(self):
        super().setUp()
        self.stub = chat_pb2_grpc.ChatStub(self.channel())

    def send(self, text, conversation=None, **fields):
        request = chat_pb2.SendMessageRequest(
            conversation=conversation or room_talk(), content={"text": text}, **fields
        )
        return self.stub.SendMessage(request, metadata=self.me(), timeout=20)

    def me(self):
        return self.owner("handler/announcer")

    def test_a_message_goes_to_a_room_or_a_user(self):
        adapter = self.adapter()
        key = self.send("to all").key
        self.assertEqual(adapter.wait_text("to all").key, key)
        self.send("to you", private_talk("ada"))
        self.assertEqual(adapter.wait_text("to you").conversation.user, "shell/ada")

    def test_the_adapter_may_be_left_out_where_the_id_says_it(self):
        adapter = self.adapter()
        self.send("hello", {"room": "shell/lab"})
        self.assertEqual(adapter.wait_text("hello").conversation.adapter, "shell")

    def test_a_repeated_request_is_one_order_and_answered_alike(self):
        adapter = self.adapter()
        first = self.send("once", request_id="r1")
        second = self.send("once", request_id="r1")
        self.assertEqual(first.key, second.key)
        self.send("another", request_id="r2")
        adapter.wait_text("another")
        self.assertEqual(len(adapter.all("order")), 2)

    def test_without_a_request_id_a_repeated_call_sends_again(self):
        adapter = self.adapter()
        self.assertNotEqual(self.send("again").key, self.send("again").key)
        adapter.wait("order", count=2)

    def test_a_message_may_be_sent_later_than_now(self):
        adapter = self.adapter()
        due = time.time() + 2
        self.send("later", not_before=at(due))
        self.send("now")
        adapter.wait_text("now")
        self.assertNotIn("later", adapter.texts())
        adapter.wait_text("later")
        self.assertGreater(time.time(), due - 0.1)

    def test_what_was_sent_can_be_edited_and_deleted_by_its_key(self):
        adapter = self.adapter()
        key = self.send("draft").key
        order = adapter.wait_text("draft")
        target = {"posted": {"key": key, "index": 0}}
        edit = chat_pb2.EditMessageRequest(
            conversation=room_talk(), target=target, content={"text": "final"}
        )
        self.stub.EditMessage(edit, metadata=self.me(), timeout=20)
        edited = adapter.wait("order", lambda order: order.actions[0].HasField("edit"))
        self.assertIn(edited.actions[0].edit.target.WhichOneof("by"), ("platform_id", "posted"))
        self.assertEqual(edited.actions[0].edit.content.text, "final")
        delete = chat_pb2.DeleteMessageRequest(conversation=room_talk(), target=target)
        self.stub.DeleteMessage(delete, metadata=self.me(), timeout=20)
        adapter.wait("order", lambda order: order.actions[0].HasField("delete"))
        self.assertEqual(order.conversation, room_talk())

    def test_reacting_joining_parting_and_topics_are_orders(self):
        adapter = self.adapter()
        react = chat_pb2.ReactRequest(
            conversation=room_talk(), target={"platform_id": "m9"}, emoji="👍"
        )
        self.stub.React(react, metadata=self.me(), timeout=20)
        room = {"room": "shell/ops"}
        self.stub.JoinRoom(chat_pb2.JoinRoomRequest(**room), metadata=self.me(), timeout=20)
        topic = chat_pb2.SetTopicRequest(**room, topic="calm")
        self.stub.SetTopic(topic, metadata=self.me(), timeout=20)
        self.stub.PartRoom(chat_pb2.PartRoomRequest(**room), metadata=self.me(), timeout=20)
        orders = adapter.wait("order", count=4)
        kinds = {order.actions[0].WhichOneof("kind"): order for order in orders}
        self.assertEqual(set(kinds), {"react", "join", "topic", "part"})
        self.assertEqual(kinds["join"].conversation.room, "shell/ops")
        self.assertEqual(kinds["topic"].actions[0].topic.topic, "calm")

    def test_typing_is_shown(self):
        adapter = self.adapter()
        request = chat_pb2.ShowTypingRequest(conversation=room_talk())
        self.stub.ShowTyping(request, metadata=self.me(), timeout=20)
        adapter.wait("order", lambda order: order.actions[0].HasField("typing"))

    def test_an_adapter_that_does_not_exist_is_not_found(self):
        request = chat_pb2.SendMessageRequest(
            conversation=room_talk(adapter="nowhere"), content={"text": "hello"}
        )
        problem = self.assert_fails(
            grpc.StatusCode.NOT_FOUND, self.stub.SendMessage, request, metadata=self.me()
        )
        self.assertEqual(problem.reason, problem_pb2.REASON_NO_SUCH_PEER)
        self.assertIn("nowhere", problem.detail)

    def test_what_makes_no_sense_is_refused(self):
        invalid = grpc.StatusCode.INVALID_ARGUMENT
        requests = {
            "nowhere": {"content": {"text": "hello"}},
            "nothing": {"conversation": room_talk()},
            "not qualified": {"conversation": {"room": "lab"}, "content": {"text": "hello"}},
            "two adapters": {
                "conversation": {"adapter": "shell", "room": "irc/lab"},
                "content": {"text": "hello"},
            },
        }
        self.adapter()
        for what, fields in requests.items():
            with self.subTest(what):
                request = chat_pb2.SendMessageRequest(**fields)
                self.assert_fails(invalid, self.stub.SendMessage, request, metadata=self.me())

    def test_what_the_chat_service_cannot_do_is_said(self):
        adapter = self.adapter(capabilities=adapters_pb2.Capabilities())
        request = chat_pb2.SetTopicRequest(room="shell/lab", topic="calm")
        problem = self.assert_fails(
            grpc.StatusCode.UNIMPLEMENTED, self.stub.SetTopic, request, metadata=self.me()
        )
        self.assertEqual(problem.reason, problem_pb2.REASON_UNSUPPORTED)
        self.assertEqual(adapter.all("order"), [])

    def test_it_waits_for_an_adapter_that_is_away(self):
        self.adapter().drop()
        self.send("see you")
        self.adapter().wait_text("see you")

    def test_a_message_larger_than_an_item_is_refused(self):
        self.adapter()
        too_large = (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.RESOURCE_EXHAUSTED)
        with self.assertRaises(grpc.RpcError) as caught:
            self.send("a" * 300 * 1024)
        self.assertIn(caught.exception.code(), too_large)


if __name__ == "__main__":
    unittest.main()

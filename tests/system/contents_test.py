"""Messages are more than strings, and chats are more than one."""

import unittest

from harness.case import HubCase
from harness.words import command, pattern
from chathub.v1 import adapters_pb2, chat_pb2, chat_pb2_grpc, message_pb2
from oco import robot_pb2, robot_pb2_grpc


class ContentTest(HubCase):
    def hear_content(self, adapter, **content):
        talk = {"adapter": "shell", "room": "shell/lab"}
        message = {"content": content, "platform_id": "m77"}
        event = {"conversation": talk, "user": {"id": "shell/ada"}, "message": message}
        return adapter.happen(event)

    def test_a_text_is_made_of_blocks_where_there_is_none(self):
        adapter = self.adapter()
        handler = self.handler("any", pattern("deploy (?P<what>.*)"))
        spans = [{"text": "deploy "}, {"text": "web", "bold": True}, {"text": " now"}]
        self.hear_content(adapter, blocks=[{"paragraph": {"spans": spans}}])
        delivery = handler.wait_delivery()
        self.assertEqual(delivery.captures["what"], "web now")
        self.assertEqual(len(delivery.event.message.content.blocks), 1)

    def test_what_the_hub_does_not_need_arrives_as_it_was(self):
        adapter = self.adapter()
        handler = self.handler("any", pattern("look"))
        picture = {"name": "cat.png", "media_type": "image/png", "content": b"\x89PNG\0"}
        self.hear_content(adapter, text="look", attachments=[picture], reply_to="m76")
        message = handler.wait_delivery().event.message
        self.assertEqual(message.platform_id, "m77")
        self.assertEqual(message.content.reply_to, "m76")
        self.assertEqual(message.content.attachments[0].content, b"\x89PNG\0")

    def test_an_answer_arrives_as_it_was_where_the_chat_service_can(self):
        adapter = self.adapter(
            capabilities=adapters_pb2.Capabilities(thread=True, attach=True, markup=2)
        )
        block = {"code": {"text": "1 + 1", "language": "python"}}
        link = {"name": "log", "url": "https://example.org/log"}
        content = message_pb2.Content(text="1 + 1", blocks=[block], attachments=[link])
        self.handler("ask", answers=lambda delivery: [{"send": {"content": content}}])
        adapter.hear("ask", thread="t1")
        order = adapter.wait("order")
        self.assertEqual(order.actions[0].send.content, content)
        self.assertEqual(order.conversation.thread, "t1")

    def test_a_thread_becomes_its_room_and_an_attachment_a_line_where_it_cannot(self):
        adapter = self.adapter(capabilities=adapters_pb2.Capabilities())
        link = {"name": "log", "url": "https://example.org/log"}
        content = message_pb2.Content(text="done", attachments=[link])
        self.handler("ask", answers=lambda delivery: [{"send": {"content": content}}])
        adapter.hear("ask", thread="t1")
        order = adapter.wait("order")
        self.assertEqual(order.conversation.thread, "")
        self.assertEqual(order.conversation.room, "shell/lab")
        text = order.actions[0].send.content.text
        self.assertIn("done", text)
        self.assertIn("https://example.org/log", text)

    def test_strange_texts_do_no_harm(self):
        adapter = self.adapter()
        self.echo()
        for text in ["", " ", "\0", "\n\n", "!", "@hub", "hub:", "\u202e", "e\u0301" * 5000, "\\"]:
            adapter.hear(text)
            adapter.hear(text, private=True)
        for text in ["\0", "a\nb", "\u202egnp", "🦉" * 1000, "tab\there"]:
            self.assert_walks(adapter, text)

    def test_ids_are_opaque_however_they_look(self):
        adapter = self.adapter()
        echo = self.echo()
        for number, strange in enumerate(["x/say/1", "#echo/echo", "a b", "é\n", "x" * 2000]):
            adapter.hear(f"echo {number}", room=strange, service_event_id=strange)
            order = adapter.wait_text(str(number))
            self.assertEqual(order.conversation.room, f"shell/{strange}")
            delivery = echo.wait_delivery(f"echo {number}")
            echo.wait("posted", lambda posted, key=delivery.id: posted.key == key)

    def test_a_hostile_name_forges_no_line_in_the_log(self):
        adapter = self.adapter()
        self.handler("ops", command("deploy", required_groups=["ops"]))
        adapter.hear("deploy", user="eve\n2026-01-01 critical forged\x1b[31m\r")
        adapter.settle(1)
        self.assertNotIn("\x1b", self.hub.log())
        self.assertNotIn("\r", self.hub.log())
        forged = [line for line in self.hub.log().splitlines() if "forged" in line]
        self.assertTrue(all("audit" in line for line in forged), forged)


class TwoChatsTest(HubCase):
    configuration = "[adapters.shell]\n[adapters.irc]\n"

    def setUp(self):
        super().setUp()
        self.shell = self.adapter()
        self.irc = self.adapter("irc", mention_names=["ircbot"])

    def test_an_answer_goes_back_to_the_chat_that_asked(self):
        self.echo()
        self.irc.hear("echo from irc")
        self.shell.hear("echo from the shell")
        self.assertEqual(self.irc.wait_text("from irc").conversation.room, "irc/lab")
        self.assertEqual(self.shell.wait_text("from the shell").conversation.room, "shell/lab")
        self.assertEqual(len(self.irc.all("order")), 1)

    def test_each_chat_has_its_own_names_for_the_bot(self):
        handler = self.handler("any", pattern("x", addressed_only=True))
        self.irc.hear("hub: x by another name")
        self.irc.hear("ircbot: x irc")
        self.shell.hear("hub: x shell")
        handler.wait_delivery("x irc")
        handler.wait_delivery("x shell")

    def test_one_chat_that_dies_is_not_missed_by_the_other(self):
        self.echo()
        self.irc.drop()
        self.assert_walks(self.shell, "alone")
        self.irc = self.adapter("irc")
        self.assert_walks(self.irc, "back")

    def test_speaking_goes_to_the_chat_that_the_id_names(self):
        chat = chat_pb2_grpc.ChatStub(self.channel())
        request = chat_pb2.SendMessageRequest(
            conversation={"room": "irc/#ops"}, content={"text": "hello"}
        )
        chat.SendMessage(request, metadata=self.owner("handler/x"), timeout=20)
        self.assertEqual(self.irc.wait_text("hello").conversation.adapter, "irc")

    def test_in_oco_an_id_names_a_chat_or_means_the_selected_one(self):
        robot = robot_pb2_grpc.RobotStub(self.channel())
        messages = [
            {"body": "one", "source": {"room": {"id": "irc/#ops"}}},
            {"body": "two", "source": {"room": {"id": "#ops"}}},
            {"body": "three", "source": {"room": {"id": "ircs/#ops"}}},
        ]
        request = robot_pb2.SendMessagesRequest(messages=messages)
        robot.SendMessages(request, metadata=self.owner("handler/x"), timeout=20)
        self.assertEqual(self.irc.wait_text("one").conversation.room, "irc/#ops")
        self.assertEqual(self.shell.wait_text("two").conversation.room, "shell/#ops")
        self.assertEqual(self.shell.wait_text("three").conversation.room, "shell/ircs/#ops")


if __name__ == "__main__":
    unittest.main()

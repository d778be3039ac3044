"""The published service oco.Robot, for plugins that know nothing else of us."""

import unittest

import grpc
from harness.case import HubCase
from harness.words import command, pattern
from chathub.v1 import adapters_pb2, handlers_pb2, handlers_pb2_grpc
from oco import core_pb2, robot_pb2, robot_pb2_grpc


class ListenTest(HubCase):
    def setUp(self):
        super().setUp()
        self.chat = self.adapter()

    def register(self, name, *routes):
        stub = handlers_pb2_grpc.HandlersStub(self.channel())
        request = handlers_pb2.RegisterRoutesRequest(name=name, routes=routes)
        return stub.RegisterRoutes(request, metadata=self.owner(f"handler/{name}"), timeout=20)

    def test_a_plugin_of_the_published_package_alone_hears_and_answers(self):
        self.register("oracle", pattern(r"^ask (\w+)"))
        plugin = self.oco_plugin("oracle", answer="maybe")
        self.chat.hear("hub: ask heaven", user="ada", room="lab")
        event = plugin.wait("event")
        self.assertEqual(event["pattern"], r"^ask (\w+)")
        self.assertEqual(event["body"], "ask heaven")
        order = self.chat.wait_text("maybe")
        self.assertEqual(order.conversation.room, "shell/lab")

    def test_each_matching_route_is_one_event(self):
        self.register("oracle", pattern("ask", "one"), pattern("heaven", "two"))
        plugin = self.oco_plugin("oracle")
        self.chat.hear("ask heaven")
        events = plugin.wait("event", count=2)
        self.assertEqual({event["pattern"] for event in events}, {"ask", "heaven"})
        self.assertEqual({event["body"] for event in events}, {"ask heaven"})

    def test_an_event_names_its_user_and_room_so_that_an_answer_finds_back(self):
        self.register("oracle", pattern("ask"))
        plugin = self.oco_plugin("oracle", answer="privately")
        self.chat.hear("ask", user="bob", private=True)
        self.assertEqual(plugin.wait("event")["room"], "")
        self.assertEqual(self.chat.wait_text("privately").conversation.user, "shell/bob")

    def test_an_event_is_finished_when_it_was_written(self):
        self.register("oracle", pattern("ask"))
        plugin = self.oco_plugin("oracle")
        seq = self.chat.hear("ask")
        plugin.wait("event")
        self.chat.settle(seq)
        self.assertEqual(self.chat.texts(), [])

    def test_the_right_to_mention_is_used_in_rooms(self):
        self.register("oracle", pattern("ask"))
        plugin = self.oco_plugin("oracle", answer="maybe", with_mention=True)
        self.chat.hear("ask", user="ada")
        plugin.wait("sent")
        self.chat.wait("order")
        self.assertRegex(self.chat.texts()[0], "^@?ada[:,]? maybe$")

    def test_a_second_listener_replaces_the_first(self):
        self.register("oracle", pattern("ask"))
        first = self.oco_plugin("oracle")
        self.chat.hear("ask one")
        first.wait("event", body="ask one")
        second = self.oco_plugin("oracle")
        self.assertEqual(first.wait("ended")["code"], "ABORTED")
        self.chat.hear("ask two")
        second.wait("event", body="ask two")

    def test_listeners_may_replace_each_other_again_and_again(self):
        self.register("oracle", pattern("ask"))
        stub = robot_pb2_grpc.RobotStub(self.channel())
        listener = self.listen(stub)
        for number in range(30):
            self.chat.hear(f"ask {number}")
            # What was on its way when its listener was replaced may come again.
            self.assertTrue(any(self.body(event) == f"ask {number}" for event in listener))
            newer = self.listen(stub)
            with self.assertRaises(grpc.RpcError) as caught:
                for _ in listener:
                    pass
            self.assertEqual(caught.exception.code(), grpc.StatusCode.ABORTED)
            listener = newer
        listener.cancel()

    def listen(self, stub):
        request = robot_pb2.ListenRequest(plugin_id="oracle")
        return stub.Listen(request, metadata=self.owner("handler/oracle"), timeout=25)

    def body(self, event):
        return event.matched_message.message.body

    def test_a_listener_that_died_and_comes_again_hears_what_it_missed(self):
        self.register("oracle", pattern("ask"))
        first = self.oco_plugin("oracle")
        self.chat.hear("ask one")
        first.wait("event", body="ask one")
        first.kill()
        self.chat.hear("ask two")
        self.oco_plugin("oracle").wait("event", body="ask two")

    def test_a_plugin_without_routes_is_told_so(self):
        ended = self.oco_plugin("nobody").wait("ended")
        self.assertEqual(ended["code"], "NOT_FOUND")
        self.assertIn("nobody", ended["details"])

    def test_a_wrong_secret_is_refused(self):
        self.register("oracle", pattern("ask"))
        plugin = self.oco_plugin("oracle", token="0" * 64)
        self.assertEqual(plugin.wait("ended")["code"], "UNAUTHENTICATED")

    def test_a_plugin_id_that_is_no_name_is_refused(self):
        ended = self.oco_plugin("../../etc").wait("ended")
        self.assertIn(ended["code"], ("INVALID_ARGUMENT", "NOT_FOUND", "PERMISSION_DENIED"))

    def test_a_wrong_pattern_is_refused_when_it_is_registered(self):
        with self.assertRaises(grpc.RpcError) as caught:
            self.register("oracle", pattern("(", "broken"))
        self.assertEqual(caught.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
        self.assertIn("broken", caught.exception.details())

    def test_a_collision_is_reported_when_it_is_registered(self):
        self.handler("first", command("ask"))
        (collision,) = self.register("oracle", command("ask", "late")).collisions
        self.assertEqual(collision.other_handler, "first")

    def test_a_plugin_and_a_handler_hear_the_same_message(self):
        self.register("oracle", pattern("ask"))
        plugin = self.oco_plugin("oracle", answer="maybe")
        self.handler("other", command("ask"), answers=lambda delivery: "certainly")
        self.chat.hear("ask")
        plugin.wait("event")
        self.chat.wait_text("maybe")
        self.chat.wait_text("certainly")


class SendTest(HubCase):
    def setUp(self):
        super().setUp()
        self.chat = self.adapter()
        self.robot = robot_pb2_grpc.RobotStub(self.channel())

    def send(self, *messages, with_mention=False):
        request = robot_pb2.SendMessagesRequest(WithMention=with_mention, messages=messages)
        return self.robot.SendMessages(request, metadata=self.owner("handler/o"), timeout=20)

    def message(self, body, user=None, room=None):
        source = core_pb2.Source(user=user, room=room)
        return core_pb2.Message(body=body, source=source)

    def test_an_id_without_an_adapter_means_the_selected_one(self):
        self.send(self.message("one", room={"id": "lab"}))
        self.assertEqual(self.chat.wait_text("one").conversation.room, "shell/lab")
        self.send(self.message("two", room={"id": "shell/lab"}))
        self.assertEqual(self.chat.wait_text("two").conversation.room, "shell/lab")
        self.send(self.message("three", room={"id": "#c/c++"}))
        self.assertEqual(self.chat.wait_text("three").conversation.room, "shell/#c/c++")

    def test_a_room_wins_over_a_user(self):
        self.send(self.message("here", user={"id": "ada"}, room={"id": "lab"}))
        talk = self.chat.wait_text("here").conversation
        self.assertEqual((talk.room, talk.user), ("shell/lab", ""))

    def test_several_messages_are_sent_in_their_order(self):
        self.send(*[self.message(f"line {number}", room={"id": "lab"}) for number in range(5)])
        self.chat.wait_text("line 4")
        self.assertEqual(self.chat.texts(), [f"line {number}" for number in range(5)])

    def test_a_mention_is_written_before_the_text_in_rooms_only(self):
        ada = {"id": "u1", "name": "Ada Lovelace", "mention_name": "ada"}
        self.send(self.message("rain", user=ada, room={"id": "lab"}), with_mention=True)
        self.chat.wait("order")
        self.assertRegex(self.chat.texts()[0], "^@?ada[:,]? rain$")
        self.send(self.message("sun", user=ada), with_mention=True)
        self.chat.wait_text("sun")

    def test_a_mention_name_defaults_to_the_name_and_that_to_the_id(self):
        lab = {"id": "lab"}
        named = self.message("one", user={"id": "u1", "name": "ada"}, room=lab)
        nameless = self.message("two", user={"id": "bob"}, room=lab)
        self.send(named, nameless, with_mention=True)
        self.chat.stream.heard.wait(lambda _: len(self.chat.texts()) >= 2)
        self.assertRegex(self.chat.texts()[0], "^@?ada[:,]? one$")
        self.assertRegex(self.chat.texts()[1], "^@?bob[:,]? two$")

    def test_a_message_without_a_source_is_refused_and_nothing_is_sent(self):
        good = self.message("good", room={"id": "lab"})
        for bad in (core_pb2.Message(body="bad"), self.message("bad")):
            request = robot_pb2.SendMessagesRequest(messages=[good, bad])
            self.assert_fails(
                grpc.StatusCode.INVALID_ARGUMENT,
                self.robot.SendMessages,
                request,
                metadata=self.owner("handler/o"),
            )
        self.send(self.message("end", room={"id": "lab"}))
        self.chat.wait_text("end")
        self.assertEqual(self.chat.texts(), ["end"])

    def test_nothing_to_send_is_no_mistake(self):
        self.send()

    def test_joining_and_parting_are_orders_for_the_adapter(self):
        me = self.owner("handler/o")
        self.robot.Join(robot_pb2.JoinRequest(room={"id": "ops"}), metadata=me, timeout=20)
        join = self.chat.wait("order", lambda order: order.actions[0].HasField("join"))
        self.assertEqual(join.conversation.room, "shell/ops")
        self.robot.Part(robot_pb2.PartRequest(room={"id": "ops"}), metadata=me, timeout=20)
        part = self.chat.wait("order", lambda order: order.actions[0].HasField("part"))
        self.assertEqual(part.conversation.room, "shell/ops")

    def test_joining_nowhere_is_refused(self):
        self.assert_fails(
            grpc.StatusCode.INVALID_ARGUMENT,
            self.robot.Join,
            robot_pb2.JoinRequest(),
            metadata=self.owner("handler/o"),
        )

    def test_a_chat_service_without_rooms_to_join_says_so(self):
        self.chat.leave()
        self.chat.stream.wait_end()
        self.adapter(capabilities=adapters_pb2.Capabilities())
        self.assert_fails(
            grpc.StatusCode.UNIMPLEMENTED,
            self.robot.Join,
            robot_pb2.JoinRequest(room={"id": "ops"}),
            metadata=self.owner("handler/o"),
        )


if __name__ == "__main__":
    unittest.main()

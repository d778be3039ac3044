"""Who is in the chat and where it takes place, as foreign clients ask for it; rooms joined again."""

import unittest

import grpc
from harness.case import HubCase
from harness.waiting import wait_until
from chathub.v1 import adapters_pb2, chat_pb2, chat_pb2_grpc, message_pb2, problem_pb2
from chathub.v1 import rooms_pb2, rooms_pb2_grpc, store_pb2, store_pb2_grpc
from chathub.v1 import users_pb2, users_pb2_grpc
from oco import robot_pb2, robot_pb2_grpc


def user(native, **fields):
    return message_pb2.User(id=f"shell/{native}", **fields)


def room(native, **fields):
    return message_pb2.Room(id=f"shell/{native}", **fields)


class PeopleCase(HubCase):
    def setUp(self):
        super().setUp()
        self.connect()

    def connect(self):
        channel = self.channel()
        self.users = users_pb2_grpc.UsersStub(channel)
        self.rooms = rooms_pb2_grpc.RoomsStub(channel)
        self.chat = chat_pb2_grpc.ChatStub(channel)
        self.robot = robot_pb2_grpc.RobotStub(channel)

    def call(self, method, request):
        return method(request, metadata=self.owner("handler/asker"), timeout=20)

    def tell_users(self, adapter, *users):
        adapter.item(users=adapters_pb2.UsersChanged(users=users))
        self.wait_user(users[-1].id)

    def tell_rooms(self, adapter, *rooms):
        adapter.item(rooms=adapters_pb2.RoomsChanged(rooms=rooms))
        wait_until(lambda: rooms[-1].id in self.room_ids(), "the hub knows the rooms")

    def wait_user(self, identity):
        wait_until(lambda: identity in self.user_ids(), f"the hub knows {identity}")

    def user_ids(self, **fields):
        users = self.call(self.users.ListUsers, users_pb2.ListUsersRequest(page_size=1000, **fields)).users
        return [user.id for user in users]

    def room_ids(self, **fields):
        rooms = self.call(self.rooms.ListRooms, rooms_pb2.ListRoomsRequest(page_size=1000, **fields)).rooms
        return [room.id for room in rooms]

    def joins(self, adapter):
        return [
            order.conversation.room
            for order in adapter.all("order")
            if order.actions[0].HasField("join")
        ]


class UsersTest(PeopleCase):
    def test_a_user_is_known_from_what_he_says_and_from_what_the_adapter_tells(self):
        adapter = self.adapter()
        self.tell_users(adapter, user("ada", name="Ada", mention_name="ad"), user("bo"))
        got = self.call(self.users.GetUser, users_pb2.GetUserRequest(id="shell/ada")).user
        self.assertEqual((got.name, got.mention_name), ("Ada", "ad"))
        got = self.call(self.users.GetUser, users_pb2.GetUserRequest(id="shell/bo")).user
        self.assertEqual((got.name, got.mention_name), ("bo", "bo"))
        adapter.hear("hello", user="carol")
        self.wait_user("shell/carol")
        for name in ("ADA", "Ad"):
            found = self.call(self.users.FindUsers, users_pb2.FindUsersRequest(name=name)).users
            self.assertEqual([user.id for user in found], ["shell/ada"])

    def test_nobody_is_not_found(self):
        request = users_pb2.GetUserRequest(id="shell/nobody")
        not_found = grpc.StatusCode.NOT_FOUND
        problem = self.assert_fails(not_found, self.users.GetUser, request, metadata=self.owner())
        self.assertEqual(problem.reason, problem_pb2.REASON_NO_SUCH_PEER)
        self.assert_fails(grpc.StatusCode.UNAUTHENTICATED, self.users.GetUser, request)

    def test_they_are_listed_in_pages(self):
        adapter = self.adapter()
        self.tell_users(adapter, *(user(f"{number:03}") for number in range(150)))
        first = self.call(self.users.ListUsers, users_pb2.ListUsersRequest(adapter="shell"))
        self.assertEqual(len(first.users), 100)
        token = first.next_page_token
        rest = self.call(self.users.ListUsers, users_pb2.ListUsersRequest(page_token=token))
        self.assertEqual(len(rest.users), 50)
        self.assertEqual(rest.next_page_token, "")
        ids = [user.id for user in [*first.users, *rest.users]]
        self.assertEqual(ids, [f"shell/{number:03}" for number in range(150)])
        self.assertEqual(self.user_ids(adapter="irc"), [])

    def test_another_adapters_user_ends_the_stream(self):
        adapter = self.adapter()
        foreign = message_pb2.User(id="irc/ada")
        adapter.item(users=adapters_pb2.UsersChanged(users=[foreign]))
        problem = self.assert_ends(adapter.stream, grpc.StatusCode.INVALID_ARGUMENT)
        self.assertIn("irc/ada", problem.detail)


class RoomsTest(PeopleCase):
    def test_rooms_are_found_by_name_and_by_the_bots_presence(self):
        adapter = self.adapter()
        self.tell_rooms(adapter, room("lab", name="The Lab", joined=True), room("ops", topic="calm"))
        self.assertEqual(self.room_ids(joined=True), ["shell/lab"])
        found = self.call(self.rooms.FindRooms, rooms_pb2.FindRoomsRequest(name="the lab")).rooms
        self.assertEqual([room.id for room in found], ["shell/lab"])
        got = self.call(self.rooms.GetRoom, rooms_pb2.GetRoomRequest(id="shell/ops")).room
        self.assertEqual((got.name, got.topic, got.joined), ("ops", "calm", False))

    def test_an_adapter_that_was_killed_is_told_to_join_again(self):
        adapter = self.adapter()
        self.call(self.chat.JoinRoom, chat_pb2.JoinRoomRequest(room="shell/ops"))
        self.tell_rooms(adapter, room("lab", joined=True))
        wait_until(lambda: len(self.room_ids(joined=True)) == 2, "the bot is in both rooms")
        adapter.drop()
        later = self.adapter()
        self.assertEqual(sorted(later.hello_ok.rooms), ["shell/lab", "shell/ops"])
        later.wait("order", count=2)
        self.assertEqual(sorted(self.joins(later)), ["shell/lab", "shell/ops"])

    def test_the_same_process_that_comes_back_is_not_told_again(self):
        adapter = self.adapter()
        self.tell_rooms(adapter, room("lab", joined=True))
        adapter.drop()
        second = self.adapter()
        second.wait("order")
        wait_until(self.adapter_is_idle, "the join is known to be done")
        second.drop()
        third = self.adapter(epoch=second.epoch, incarnation=second.incarnation)
        self.call(self.chat.SetTopic, chat_pb2.SetTopicRequest(room="shell/lab", topic="t"))
        third.wait("order", lambda order: order.actions[0].HasField("topic"))
        self.assertEqual(self.joins(third), [])

    def adapter_is_idle(self):
        return all(peer["inFlight"] == 0 for peer in self.hub.command("peers"))

    def test_where_the_bot_parted_it_does_not_go_again(self):
        adapter = self.adapter()
        self.call(self.chat.JoinRoom, chat_pb2.JoinRoomRequest(room="shell/ops"))
        wait_until(lambda: self.room_ids(joined=True), "the bot is in the room")
        self.call(self.chat.PartRoom, chat_pb2.PartRoomRequest(room="shell/ops"))
        wait_until(lambda: not self.room_ids(joined=True), "the bot has parted")
        adapter.drop()
        self.assertEqual(list(self.adapter().hello_ok.rooms), [])


class KeptPeopleTest(PeopleCase):
    def test_they_survive_a_kill_of_the_hub_and_the_rooms_are_joined_again(self):
        adapter = self.adapter()
        self.tell_users(adapter, user("ada", name="Ada"))
        self.tell_rooms(adapter, room("lab", joined=True))
        adapter.wait_accepted(adapter.hear("kept by now"))
        self.call(self.chat.JoinRoom, chat_pb2.JoinRoomRequest(room="shell/ops"))
        adapter.wait("order")
        wait_until(lambda: len(self.room_ids(joined=True)) == 2, "the bot is in both rooms")
        # Answered when it is kept, and with it all that came before.
        store = store_pb2_grpc.StoreStub(self.channel())
        self.call(store.Put, store_pb2.StorePutRequest(key="k"))
        self.hub.kill()
        adapter.drop()
        self.hub.start()
        self.connect()
        self.assertIn("shell/ada", self.user_ids())
        later = self.adapter()
        later.wait("order", lambda order: order.actions[0].HasField("join"), count=2)
        self.assertEqual(sorted(self.joins(later)), ["shell/lab", "shell/ops"])


class RobotNamesTest(PeopleCase):
    def test_the_robot_takes_names_for_rooms_and_users(self):
        adapter = self.adapter()
        self.tell_rooms(adapter, room("C01", name="ops"))
        self.tell_users(adapter, user("U01", name="Ada", mention_name="ad"))
        join = robot_pb2.JoinRequest(room={"name": "ops"})
        self.call(self.robot.Join, join)
        order = adapter.wait("order", lambda order: order.actions[0].HasField("join"))
        self.assertEqual(order.conversation.room, "shell/C01")
        messages = [
            {"body": "to all", "source": {"room": {"id": "ops"}, "user": {"id": "U01"}}},
            {"body": "to you", "source": {"user": {"mention_name": "AD"}}},
            {"body": "to nobody known", "source": {"user": {"name": "eve"}}},
        ]
        request = robot_pb2.SendMessagesRequest(WithMention=True, messages=messages)
        self.call(self.robot.SendMessages, request)
        self.assertEqual(adapter.wait_text("ad: to all").conversation.room, "shell/C01")
        self.assertEqual(adapter.wait_text("to you").conversation.user, "shell/U01")
        self.assertEqual(adapter.wait_text("to nobody known").conversation.user, "shell/eve")

    def test_a_name_that_several_have_is_refused(self):
        adapter = self.adapter()
        self.tell_rooms(adapter, room("C01", name="ops"), room("C02", name="Ops"))
        request = robot_pb2.JoinRequest(room={"name": "ops"})
        invalid = grpc.StatusCode.INVALID_ARGUMENT
        problem = self.assert_fails(invalid, self.robot.Join, request, metadata=self.owner())
        self.assertIn("shell/C02", problem.detail)


if __name__ == "__main__":
    unittest.main()

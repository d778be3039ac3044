"""The IRC adapter among users, on an old server and on a modern one."""

import time
import unittest

from harness.irc_case import IrcCase
from harness.irc_server import Inspircd, Ngircd
from harness.words import on_event, pattern, room_talk
from chathub.v1 import (
    chat_pb2,
    chat_pb2_grpc,
    message_pb2,
    rooms_pb2,
    rooms_pb2_grpc,
    users_pb2,
    users_pb2_grpc,
)
from harness.waiting import wait_until


class Talk:
    """Each of these runs on both servers."""

    def setUp(self):
        super().setUp()
        self.echo()
        self.ada = self.user("ada")

    def test_a_room_and_a_private_talk(self):
        adapter = self.come(self.ada)
        self.assert_echoes(self.ada, "in the room")
        self.assert_echoes(self.ada, "by a sign", prefix="!")
        self.assert_echoes(self.ada, "for you alone", "hub", "")
        self.assert_echoes(self.ada, "elsewhere", "#den")
        self.ada.say("#lab", "\x01ACTION waves\x01")
        self.ada.say("#lab", "hub: echo /me waves back")
        self.ada.wait_text("\x01ACTION waves back\x01")
        self.assertEqual(adapter.stop(), 0, adapter.said())
        self.ada.wait("QUIT", lambda line: line.nick == "hub")

    def test_fifty_users_in_two_channels(self):
        users = [self.user(f"user{n}") for n in range(50)]
        self.come(self.ada)
        for number, user in enumerate(users):
            user.join(("#lab", "#den")[number % 2])
        for number, user in enumerate(users):
            user.say(("#lab", "#den")[number % 2], f"!echo {number}")
        for number, user in enumerate(users):
            user.wait_text(str(number))
        for parity in (0, 1):
            wanted = sorted(str(n) for n in range(50) if n % 2 == parity)
            for user in users[parity::2]:
                wait_until(lambda u=user: len(u.texts()) >= 25, "all answers")
                self.assertEqual(sorted(user.texts()), wanted)

    def test_users_and_rooms_are_known(self):
        joined = on_event(message_pb2.EVENT_KIND_JOINED)
        greeter = self.handler("greeter", joined, answers=self.greet)
        self.come(self.ada)
        bob = self.user("Bob", "#lab")
        bob.wait_text("welcome Bob")
        # ada may have come before the bot, or behind it.
        came = {delivery.event.user.id for delivery in greeter.all("delivery")}
        self.assertEqual(came - {"irc/ada"}, {"irc/bob"})
        rooms = rooms_pb2_grpc.RoomsStub(self.channel())
        users = users_pb2_grpc.UsersStub(self.channel())
        me = self.owner("handler/somebody")
        request = rooms_pb2.ListRoomsRequest(adapter="irc", joined=True)
        found = rooms.ListRooms(request, metadata=me, timeout=20).rooms
        self.assertEqual([room.id for room in found], ["irc/#den", "irc/#lab"])
        request = users_pb2.ListUsersRequest(adapter="irc")
        found = users.ListUsers(request, metadata=me, timeout=20).users
        self.assertEqual([(u.id, u.name) for u in found], [("irc/ada", "ada"), ("irc/bob", "Bob")])

    def greet(self, delivery):
        return f"welcome {delivery.event.user.name}"

    def test_orders_about_rooms(self):
        self.come(self.ada)
        self.ada.join("#attic")
        chat = chat_pb2_grpc.ChatStub(self.channel())
        me = self.owner("handler/somebody")
        chat.JoinRoom(chat_pb2.JoinRoomRequest(room="irc/#attic"), metadata=me, timeout=20)
        self.ada.wait_joined("hub", "#attic")
        self.ada.write("MODE #attic +o hub")
        self.ada.wait("MODE", lambda line: "hub" in line.params)
        topic = chat_pb2.SetTopicRequest(room="irc/#attic", topic="Of mice")
        chat.SetTopic(topic, metadata=me, timeout=20)
        self.ada.wait("TOPIC", lambda line: line.text == "Of mice")
        chat.PartRoom(chat_pb2.PartRoomRequest(room="irc/#attic"), metadata=me, timeout=20)
        self.ada.wait("PART", lambda line: line.nick == "hub")

    def test_a_long_text_is_cut_where_others_can_read_it(self):
        text = "Ein längerer Text über 日本語 und 👍, immer wieder. " * 50
        self.handler("long", answers=lambda delivery: text)
        self.come(self.ada)
        self.ada.say("#lab", "!long")
        # ngircd takes spaces at the end away.
        bare = text.replace(" ", "")
        wait_until(lambda: "".join(self.ada.texts()).replace(" ", "") == bare, "all of it")
        pieces = self.ada.wait("PRIVMSG", lambda line: line.nick == "hub", count=5)
        self.assertLessEqual(max(piece.size for piece in pieces), 512)
        self.assertGreater(min(piece.size for piece in pieces[:-1]), 440)

    def test_a_nick_that_is_taken(self):
        holder = self.user("hub").greeted()
        self.irc()
        self.ada.join("#lab").wait_present("hub_", "#lab")
        self.ada.say("#lab", "hub_: echo under another name")
        self.ada.wait_text("under another name", "hub_")
        holder.join("#lab")
        holder.leave()
        self.ada.wait("NICK", lambda line: (line.nick, line.text) == ("hub_", "hub"))
        self.assert_echoes(self.ada, "as I am called")


class ModernTest(Talk, IrcCase):
    server_kind = Inspircd

    def test_what_was_posted_has_an_id(self):
        handler = self.handler("worker", answers=lambda delivery: "done")
        self.come(self.ada)
        self.ada.say("#lab", "!worker")
        posted = handler.wait("posted")
        self.assertEqual(len(posted.result.platform_ids), 1)
        event = handler.wait_delivery().event
        self.assertNotEqual(event.message.platform_id, "")
        self.assertTrue(event.id.startswith("irc/"), event.id)

    def test_what_the_server_refuses_fails(self):
        handler = self.handler("shut", pattern("^shut$"), answers=self.shut)
        # Who founds a channel rules it.
        self.ada.join("#lab")
        self.come(self.ada)
        self.ada.write("MODE #lab +m")
        self.ada.wait("MODE", lambda line: "+m" in line.text or "+m" in line.params)
        self.ada.say("#lab", "shut")
        posted = handler.wait("posted")
        self.assertIn("#lab", posted.result.problem.detail)
        self.assertEqual(self.ada.texts(), [])

    def shut(self, delivery):
        self.assertEqual(delivery.event.conversation, room_talk("#lab", "irc"))
        return "nobody hears this"


class OldTest(Talk, IrcCase):
    server_kind = Ngircd

    def test_bytes_that_are_no_utf8(self):
        self.come(self.ada)
        self.ada.write_bytes(b"PRIVMSG #lab :!echo Gr\xfc\xdfe f\xfcr 5 \x80")
        self.ada.wait_text("Grüße für 5 €")

    def test_it_does_not_flood(self):
        self.handler("many", answers=lambda delivery: "\n".join("abcdefghij"))
        adapter = self.come(
            self.ada, "--flood-burst", "8", "--flood-interval", "300", fast=False
        )
        self.ada.say("#lab", "!many")
        self.ada.wait_text("a")
        began = time.monotonic()
        self.ada.wait_text("j")
        # What the greeting cost may be paid by then: at least two of the ten have to wait.
        self.assertGreater(time.monotonic() - began, 0.4, adapter.said())
        self.assertEqual(self.ada.texts(), list("abcdefghij"))

    def test_kicked_it_comes_back(self):
        # Who founds a channel rules it.
        eve = self.user("eve", "#lair")
        self.irc("--channel", "#lair", "--return-after-kick", "1")
        eve.wait_joined("hub", "#lair")
        eve.write("KICK #lair hub :out")
        eve.wait_joined("hub", "#lair", count=2)
        self.assert_echoes(eve, "back again", "#lair")


if __name__ == "__main__":
    unittest.main()

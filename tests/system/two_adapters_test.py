"""The shell and IRC on one hub: a handler answers in both, and one of them is the chat service."""

import unittest

from harness.irc_case import IrcCase
from harness.irc_server import Ngircd
from harness.program import Program
from harness.waiting import wait_until
from chathub.v1 import rooms_pb2, rooms_pb2_grpc
from oco import core_pb2, robot_pb2, robot_pb2_grpc


class TwoAdaptersTest(IrcCase):
    configuration = 'adapter = "shell"\nadapters = ["irc"]'
    server_kind = Ngircd

    def setUp(self):
        super().setUp()
        self.ada = self.user("ada")
        self.come(self.ada)
        arguments = ("--user", "ada", "--room", "#lab", "--at-once", "100")
        self.shell = Program(self.hub, "chathub-adapter-shell", *arguments)
        self.addCleanup(self.shell.kill)
        self.hub.command("peers", "--wait", "adapter/shell,adapter/irc")

    def test_each_is_answered_where_it_spoke(self):
        echo = self.echo()
        self.shell.type("hub: echo in the shell")
        self.shell.wait_line("in the shell")
        self.assert_echoes(self.ada, "on IRC")
        # The same nick and the same room are somebody and somewhere else.
        events = [delivery.event for delivery in echo.all("delivery")]
        self.assertEqual([e.user.id for e in events], ["shell/ada", "irc/ada"])
        self.assertEqual([e.conversation.room for e in events], ["shell/#lab", "irc/#lab"])
        self.assertEqual(self.ada.texts(), ["on IRC"])
        self.assertEqual(len(self.shell.lines.all()), 1)

    def test_who_names_no_adapter_means_the_selected_one(self):
        self.send("#lab", "to the selected")
        self.shell.wait_line("to the selected")
        self.send("irc/#lab", "to the other")
        self.ada.wait_text("to the other")
        self.assertEqual(self.ada.texts(), ["to the other"])

    def send(self, room, body):
        """As a plugin of OpenChatOps, whose ids need no adapter."""
        message = core_pb2.Message(body=body, source=core_pb2.Source(room={"id": room}))
        request = robot_pb2.SendMessagesRequest(messages=[message])
        robot = robot_pb2_grpc.RobotStub(self.channel())
        robot.SendMessages(request, metadata=self.owner("handler/plugin"), timeout=20)

    def test_rooms_of_both_are_told_apart(self):
        self.shell.type("just a word")
        rooms = rooms_pb2_grpc.RoomsStub(self.channel())
        for adapter, wanted in (("irc", ["irc/#den", "irc/#lab"]), ("shell", ["shell/#lab"])):
            request = rooms_pb2.ListRoomsRequest(adapter=adapter)
            me = self.owner("handler/somebody")
            self.await_rooms(rooms, request, me, wanted)

    def await_rooms(self, rooms, request, me, wanted):
        def known():
            found = rooms.ListRooms(request, metadata=me, timeout=20).rooms
            return [room.id for room in found] == wanted

        wait_until(known, f"rooms {wanted}")


if __name__ == "__main__":
    unittest.main()

"""What every check of a handler program starts from: a hub, a chat, a line and the program."""

from . import line as lines
from .program import Program
from harness.case import HubCase
from harness.words import texts_of
from chathub.v1 import handlers_pb2

NAME = "conform"


class HandlerCase(HubCase):
    """The first line of each test's docstring is its row in the table."""

    # Starts the program under test; set by `run`.
    command = ()

    def setUp(self):
        super().setUp()
        self.chat = self.adapter()
        self._programs = 0
        self._rooms = 0

    def new_line(self):
        line = lines.Line(
            lambda: self.hub.target,
            handlers_pb2.HandlersAttachRequest,
            handlers_pb2.HandlersAttachResponse,
        )
        self.addCleanup(line.close)
        return line

    def start(self, **environment):
        """The program, with this environment alone."""
        self._programs += 1
        log = self.hub.data.parent / f"program-{self._programs}.log"
        program = Program(self.command, log, **environment)
        self.addCleanup(self._end, program)
        return program

    def _end(self, program):
        program.kill()
        if self._failed():
            print(f"--- the program's stderr in {self.id()}\n{program.said()[-3000:]}---")

    def attach(self, **environment):
        """The program at the end of a line of its own, once it answers."""
        line = self.new_line()
        program = self.start(
            CHATHUB_ADDRESS=line.address, CHATHUB_TOKEN=self.hub.token, **environment
        )
        line.wait(lines.DOWN, "hello_ok")
        self.round_trip()
        program.line = line
        return program

    def wait_attached(self):
        """Until the hub has the program, by whatever way it came."""
        self.hub.command("peers", "--wait", f"handler/{NAME}")

    # What is in the chat.

    def orders(self, room="lab"):
        """What the bot did in this room, in order; a repeated order does nothing twice."""
        orders = {order.key: order for order in self.chat.all("order")}
        talk = f"{self.chat.name}/{room}"
        return [order for order in orders.values() if order.conversation.room == talk]

    def answers(self, room="lab"):
        """The texts among that."""
        return [text for order in self.orders(room) for text in texts_of(order)]

    def assert_answer(self, said, answer, room=None):
        """Somebody says this to the bot and hears that, nothing else."""
        self._rooms += 1
        room = room or f"room {self._rooms}"
        self.chat.settle(self.chat.hear(said, room=room))
        self.assertEqual(self.answers(room), [answer])

    def round_trip(self):
        """Whatever the hub said to the program before this, the program has heard."""
        self._rooms += 1
        room = f"{self.chat.name}/room {self._rooms}"
        self.chat.hear("!echo round trip", room=f"room {self._rooms}")
        self.chat.wait("order", lambda order: order.conversation.room == room)

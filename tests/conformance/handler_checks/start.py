"""How the program gets in, and how it is turned away."""

import signal

from kit.case import NAME, HandlerCase
from kit.line import DOWN, UP
from harness.waiting import wait_until
from harness.words import command, seconds
from chathub.v1 import handlers_pb2, message_pb2

ROUTES = {
    "greet": r"^hi (?P<name>\w+)",
    **{
        word: word
        for word in (
            "echo add several steps nothing nack throw slow patience turn pair meet tally next"
            " announce"
        ).split()
    },
    "welcome": message_pb2.EVENT_KIND_JOINED,
}
REFUSED = "ab(?=c)"


def trigger_of(route):
    if route.HasField("command"):
        return route.command.word
    if route.HasField("pattern"):
        # Some languages write a named group the other way.
        return route.pattern.replace("(?<", "(?P<")
    return route.event


class StartChecks(HandlerCase):
    def test_registration(self):
        """says hello with its name and routes"""
        hello = self.attach().line.wait(UP, "hello")
        self.assertEqual((hello.name, hello.revision, hello.instance_token), (NAME, 0, ""))
        self.assertEqual({route.id: trigger_of(route) for route in hello.routes}, ROUTES)
        routes = {route.id: route for route in hello.routes}
        for name, route in routes.items():
            with self.subTest(name):
                self.assertEqual(route.addressed_only, route.HasField("command"))
        patience = routes["patience"]
        self.assertEqual((patience.deadline, patience.fallback_text), (seconds(1), "too late"))
        self.assertFalse(routes["echo"].HasField("deadline"), "the hub's own default")
        kinds = [(a.name, a.type, a.required, a.option) for a in routes["add"].command.arguments]
        integer, boolean = (
            handlers_pb2.ARGUMENT_TYPE_INTEGER,
            handlers_pb2.ARGUMENT_TYPE_BOOLEAN,
        )
        self.assertEqual(
            kinds,
            [
                ("left", integer, True, False),
                ("right", integer, True, False),
                ("loud", boolean, False, True),
            ],
        )

    def test_data_folder(self):
        """finds the hub by the data folder alone (Unix socket)"""
        self.assertTrue(self.hub.target.startswith("unix:"), self.hub.targets)
        self.start(CHATHUB_DATA=str(self.hub.data))
        self.wait_attached()
        self.assert_answer("!echo found", "found")

    def test_mixture(self):
        """takes the address from the environment, the token from the data folder"""
        line = self.new_line()
        self.start(CHATHUB_ADDRESS=line.address, CHATHUB_DATA=str(self.hub.data))
        line.wait(DOWN, "hello_ok")

    def test_waits_for_the_hub(self):
        """waits for a hub that is not there yet"""
        self.hub.signal(signal.SIGTERM)
        self.hub.wait_end(10)
        program = self.start(CHATHUB_DATA=str(self.hub.data))
        wait_until(program.said, "a word about waiting")
        self.assertTrue(program.runs(), program.said())
        self.hub.start()
        self.wait_attached()

    def test_wrong_token(self):
        """a wrong token ends it with 1, and is not repeated in its log"""
        token = "0123456789abcdef" * 4
        program = self.start(CHATHUB_ADDRESS=self.hub.target, CHATHUB_TOKEN=token)
        self.assertEqual(program.wait_end(), 1, program.said())
        self.assertNotIn(token, program.said())
        self.assertNotEqual(program.said().strip(), "", "it must say why")

    def test_refused_pattern(self):
        """a refused pattern ends it; the log says where it is wrong"""
        line = self.new_line()
        program = self.start(
            CHATHUB_ADDRESS=line.address, CHATHUB_TOKEN=self.hub.token, CONFORM_PATTERN=REFUSED
        )
        self.assertIn(program.wait_end(), (1, 2), program.said())
        self.assertRegex(program.said(), r"extra|\(\?=", "which pattern")
        place = r"(byte|position|column|character|index|offset)\s*\d"
        self.assertRegex(program.said(), place, "where")

    def test_word_taken(self):
        """a word that is exclusively another's ends it with 1; the log names the other"""
        exclusive = handlers_pb2.PRECEDENCE_EXCLUSIVE
        self.handler("landlord", command("echo", precedence=exclusive))
        program = self.start(CHATHUB_ADDRESS=self.hub.target, CHATHUB_TOKEN=self.hub.token)
        self.assertEqual(program.wait_end(), 1, program.said())
        self.assertIn("landlord", program.said())

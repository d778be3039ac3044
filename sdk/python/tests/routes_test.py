"""What may be registered, what a function gets of a match, and mistakes that are told at once."""

import typing
import unittest

from chathub import Argument, ArgumentType, EventKind, Handler, Precedence
from chathub._captures import names_in

if typing.TYPE_CHECKING:
    from chathub import Message


class RegistrationTest(unittest.TestCase):
    def setUp(self):
        self.bot = Handler("test")

    def route(self, id):
        return self.bot.routes[id].wire

    def test_ids_are_the_functions_names_and_never_taken_twice(self):
        @self.bot.route("a")
        @self.bot.route("b")
        async def _greet(message):
            pass

        @self.bot.command("größe")
        async def size(message):
            pass

        self.assertEqual(list(self.bot.routes), ["greet", "greet-2", "size"])

    def test_a_command_is_called_by_its_word(self):
        @self.bot.command("Roll")
        async def anything(message):
            pass

        self.assertTrue(self.route("Roll").addressed_only)

    def test_everything_that_a_route_can_be_told_is_on_the_wire(self):
        @self.bot.route(
            "x",
            id="all",
            addressed_only=True,
            precedence=Precedence.EXCLUSIVE,
            required_groups=["admins"],
            usage="x",
            description="does x",
            hidden=True,
            max_age=1,
            linger=0,
            deadline=90,
            maximum_attempts=1,
            ordered=True,
            bots=True,
            fallback_text="sorry",
        )
        async def function(message):
            pass

        route = self.route("all")
        unset = [f.name for f in route.DESCRIPTOR.fields if f not in dict(route.ListFields())]
        self.assertEqual(unset, ["command", "event"])
        self.assertEqual((route.linger.seconds, route.deadline.seconds), (0, 90))

    def test_parameters_tell_the_arguments_of_a_command(self):
        @self.bot.command("add")
        async def add(
            message: "Message", left: int, right: typing.Optional[float] = None, *, loud=False
        ):
            pass

        left, right, loud = self.route("add").command.arguments
        self.assertEqual((left.type, left.required), (ArgumentType.INTEGER, True))
        self.assertEqual((right.type, right.required), (ArgumentType.NUMBER, False))
        self.assertEqual((loud.type, loud.option), (ArgumentType.BOOLEAN, True))
        self.assertEqual((loud.name, loud.required), ("loud", False))

    def test_a_command_may_take_anything(self):
        @self.bot.command("echo")
        async def echo(message, rest):
            pass

        self.assertEqual(len(self.route("echo").command.arguments), 0)

    def test_mistakes_are_told_where_they_are_made(self):
        async def takes_name(message, name):
            pass

        async def takes_nothing():
            pass

        def is_not_async(message):
            pass

        async def takes_a_set(message, things: set):
            pass

        async def fine(message):
            pass

        wrong = [
            (TypeError, lambda: self.bot.route(r"(?P<nam>\w)")(takes_name), "captured is: nam"),
            (TypeError, lambda: self.bot.route("x")(takes_nothing), "take the message first"),
            (TypeError, lambda: self.bot.route("x")(is_not_async), "async def"),
            (TypeError, lambda: self.bot.command("x")(takes_a_set), "'things' may be"),
            (TypeError, lambda: self.bot.route("x", deadlin=3)(fine), "deadlin"),
            (TypeError, lambda: self.bot.route("x", required_groups="a")(fine), "list of names"),
            (ValueError, lambda: self.bot.route("x", id="no id")(fine), '"no id"'),
            (ValueError, lambda: Handler("no name"), '"no name"'),
        ]
        for kind, mistake, words in wrong:
            with self.subTest(words=words), self.assertRaisesRegex(kind, words):
                mistake()

    def test_two_routes_of_one_id_are_refused(self):
        async def fine(message):
            pass

        self.bot.route("x", id="one")(fine)
        with self.assertRaisesRegex(ValueError, '"one"'):
            self.bot.route("y", id="one")(fine)


class CapturesTest(unittest.TestCase):
    def setUp(self):
        self.bot = Handler("test")

    def given(self, **captures):
        [route] = self.bot.routes.values()
        return route.captures.of(captures)

    def test_a_function_gets_what_it_has_parameters_for(self):
        @self.bot.route(r"(?P<a>x)(?<b>y)?(?P<c>z)?")
        async def function(message, a, b, c="none"):
            pass

        self.assertEqual(self.given(a="x", b="y", c="z"), {"a": "x", "b": "y", "c": "z"})
        # What took no part in the match is the parameter's own default, else None.
        self.assertEqual(self.given(a="x"), {"a": "x", "b": None})

    def test_keywords_take_everything(self):
        @self.bot.command("x", arguments=[Argument("n", ArgumentType.INTEGER)])
        async def function(message, **captures):
            pass

        self.assertEqual(self.given(n="7", rest="7"), {"n": 7, "rest": "7"})

    def test_arguments_have_their_types(self):
        @self.bot.command("x")
        async def function(message, i: int, f: float, b: bool, w: str, *, on: bool, off: bool):
            pass

        self.assertEqual(
            self.given(i="-3", f="1e3", b="false", w="word", on="true", rest="..."),
            {"i": -3, "f": 1000.0, "b": False, "w": "word", "on": True, "off": False},
        )

    def test_names_are_found_where_re2_finds_them(self):
        for pattern, names in {
            r"^hi (?P<name>\w+)": ["name"],
            r"(?<a>.)(?P<b>.)(?:c)(?i:d)": ["a", "b"],
            r"\(?P<a>": [],
            r"\\(?P<a>x)": ["a"],
            r"\Q(?P<a>x)\E(?P<b>y)": ["b"],
            r"[(?P<a>](?P<b>y)": ["b"],
            r"[]()?P<a>][^](](?P<b>y)": ["b"],
            r"[[:alpha:](?P<a>]+(?P<b>\pL)\z": ["b"],
            r"[\](?P<a>]": [],
        }.items():
            with self.subTest(pattern=pattern):
                self.assertEqual(names_in(pattern), names)

    def test_events_capture_nothing(self):
        with self.assertRaises(TypeError):

            @self.bot.on(EventKind.JOINED)
            async def joined(message, name):
                pass


if __name__ == "__main__":
    unittest.main()

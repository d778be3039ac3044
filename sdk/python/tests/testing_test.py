"""The test kit for authors: what a handler says without a hub."""

import unittest

from chathub import EventKind, Handler, HubError, Precedence, Retry, User, markdown
from chathub.testing import HandlerTest


class HandlerTestTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.bot = Handler("hi")
        self.test = HandlerTest(self.bot)

    async def test_it_hears_what_is_answered(self):
        @self.bot.route(r"^hi (?<name>\w+)\z")
        async def hi(message, name):
            said = await message.say("let me see")
            await message.update(said, "changed")
            await message.reply(markdown(f"hello {name}"))
            await message.react("👍")

        self.assertEqual(await self.test.say("hi Ada"), ["let me see", "hello Ada"])
        self.assertEqual(await self.test.say("hi Ada!"), [])
        kinds = [action.WhichOneof("kind") for action in self.test.actions]
        self.assertEqual(kinds, ["send", "edit", "send", "react"])

    async def test_it_knows_who_says_what_where(self):
        @self.bot.route("")
        async def where(message):
            place = message.room.name or "private"
            self.assertTrue(29 < message.time_left <= 30)
            await message.reply(f"{message.user.name} in {place}, {message.conversation.adapter}")

        self.assertEqual(await self.test.say("x", user="bob", room="attic"), ["bob in attic, test"])
        self.assertEqual(await self.test.say("x", private=True), ["ada in private, test"])

    async def test_routes_are_chosen_as_the_hub_does(self):
        def answering(answer, **options):
            async def function(message):
                await message.reply(answer)

            self.bot.route(options.pop("pattern", "x"), id=answer, **options)(function)

        answering("plain")
        answering("addressed", addressed_only=True)
        answering("admins", required_groups=["admins"])
        answering("bots", bots=True)
        answering("fallback", precedence=Precedence.FALLBACK, pattern="")
        answering("exclusive", precedence=Precedence.EXCLUSIVE, pattern="xx")
        say = self.test.say
        self.assertEqual(await say("x"), ["plain", "addressed", "bots"])
        self.assertEqual(await say("x", addressed=False), ["plain", "bots"])
        self.assertEqual(await say("x", groups=["admins"], bot=True), ["bots"])
        self.assertIn("admins", await say("x", groups=["admins"]))
        self.assertEqual(await say("y"), ["fallback"])
        self.assertEqual(await say("xx"), ["exclusive"])

    async def test_commands_are_read_as_the_hub_does(self):
        @self.bot.command("add")
        async def add(message, left: int, right: float = 1, *, times: int = 1, loud: bool):
            await message.reply(f"{(left + right) * times}{'!' * loud}")

        for text, answer in {
            "add 1 2": "3.0",
            "ADD  1 2.5 --loud": "3.5!",
            "add --times 3 1": "6",
            'add "1" -- "-2"': "-1.0",
            "add": "<left> is missing",
            "add x": 'left: "x" is not a whole number',
            "add 1 2 3": '"3" is too much',
            "add 1 --quick": 'there is no "--quick"',
            "add 1 --loud --loud": "--loud is there twice",
            "add 1 --times": "--times needs a value",
            'add "1': 'a " is never closed',
        }.items():
            usage = " (usage: add <left> [right] [--times <value>] [--loud])"
            wrong = not answer.rstrip("!")[-1].isdigit()
            with self.subTest(text=text):
                self.assertEqual(await self.test.say(text), [answer + usage if wrong else answer])
        self.assertEqual(await self.test.say("add 1", addressed=False), [])
        self.assertEqual(await self.test.say("addition"), [])

    async def test_other_things_happen_too(self):
        @self.bot.on(EventKind.JOINED)
        async def welcome(message):
            await message.reply(f"welcome {message.user.name}")

        @self.bot.on(EventKind.REACTION)
        async def thanks(message):
            await message.reply(f"thanks for {message.event.reaction.emoji}")

        self.assertEqual(await self.test.happen(EventKind.JOINED, user="bob"), ["welcome bob"])
        answers = await self.test.happen(EventKind.REACTION, emoji="👍", platform_id="m1")
        self.assertEqual(answers, ["thanks for 👍"])

    async def test_the_store_is_a_dictionary(self):
        @self.bot.command("next")
        async def following(message):
            entry = await message.store.get("next")
            number = int(entry.value) + 1 if entry else 1
            revision = entry.revision if entry else 0
            await message.store.put("next", str(number), if_revision=revision)
            await message.store.add("calls", 1)
            await message.reply(str(number))

        self.assertEqual(await self.test.say("next"), ["1"])
        self.assertEqual(await self.test.say("next"), ["2"])
        self.assertEqual(self.test.hub.store, {"next": b"2", "calls": b"2"})
        self.test.hub.store["next"] = b"41"
        self.assertEqual(await self.test.say("next"), ["42"])

    async def test_a_function_runs_again_where_the_store_has_changed(self):
        runs = []

        @self.bot.command("slow")
        async def slow(message):
            entry = await message.store.get("key")
            runs.append(entry)
            if len(runs) == 1:
                await self.bot.store.put("key", "somebody else's")
            revision = entry.revision if entry else 0
            await message.store.put("key", "mine", if_revision=revision)
            await message.reply("done")

        self.assertEqual(await self.test.say("slow"), ["done"])
        self.assertEqual([run and run.text for run in runs], [None, "somebody else's"])

    async def test_calls_to_the_hub_are_answered_from_memory(self):
        self.test.hub.users["test/bob"] = User("test/bob", "Bob")
        async with self.bot.store.batch() as batch:
            await batch.put("a/1", "x")
            await batch.put("a/2", "y")
            await batch.put("b", "z")
        self.assertEqual([entry.key async for entry in self.bot.store.list("a/")], ["a/1", "a/2"])
        await self.bot.store.delete("a/1")
        self.assertIsNone(await self.bot.store.get("a/1"))
        self.assertEqual((await self.bot.users.get("test/bob")).name, "Bob")
        self.assertIsNone(await self.bot.users.get("test/eve"))
        self.assertEqual([user.id for user in await self.bot.users.find("BOB")], ["test/bob"])
        with self.assertRaises(HubError):
            await self.bot.chat.join("test/lab")

    async def test_what_a_function_raises_is_raised(self):
        @self.bot.route("x")
        async def function(message):
            raise Retry(3)

        with self.assertRaises(Retry) as caught:
            await self.test.say("x")
        self.assertEqual(caught.exception.after, 3)

    async def test_a_pattern_that_python_lacks_is_named(self):
        @self.bot.route(r"\pL(?")
        async def function(message):
            pass

        with self.assertRaisesRegex(ValueError, "Python's re"):
            await self.test.say("x")


class SyncTest(unittest.TestCase):
    def test_without_an_event_loop(self):
        bot = Handler("hi")

        @bot.route("(?P<all>.*)")
        async def echo(message, all):
            await message.reply(all)

        self.assertEqual(HandlerTest(bot).say_sync("hi"), ["hi"])


if __name__ == "__main__":
    unittest.main()

"""A handler against a hub whose every word the test says: answers, progress, order."""

import asyncio
import unittest

from fake_hub import TOKEN, soon
from handler_case import HI, HandlerCase, delivery, text_of

from chathub import EventKind, MessageRef
from chathub.v1 import handlers_pb2 as wire
from chathub.v1 import message_pb2


class AnswerTest(HandlerCase):
    async def test_it_says_who_it_is_and_what_it_waits_for(self):
        @self.bot.route(r"^hi (?P<name>\w+)")
        async def hi(message, name):
            """Greets."""

        @self.bot.command("add", usage="add A B")
        async def add(message, left: int, *, loud: bool = False):
            pass

        @self.bot.on(EventKind.JOINED, deadline=2.5)
        async def welcome(message):
            pass

        stream = await self.attach()
        self.assertEqual(stream.metadata["authorization"], f"Bearer {TOKEN}")
        self.assertEqual((self.hello.name, self.hello.revision), ("hi", 3))
        greet, adds, joins = self.hello.routes
        self.assertEqual((greet.id, greet.pattern), ("hi", r"^hi (?P<name>\w+)"))
        self.assertEqual(greet.help.description, "Greets.")
        self.assertFalse(greet.addressed_only)
        self.assertTrue(adds.addressed_only)
        self.assertEqual([a.name for a in adds.command.arguments], ["left", "loud"])
        self.assertEqual(joins.event, message_pb2.EVENT_KIND_JOINED)
        self.assertEqual(joins.deadline.nanos, 500_000_000)

    async def test_what_it_does_goes_with_the_finish(self):
        @self.bot.route(HI)
        async def hi(message, name):
            await message.reply(f"hello {name}")
            await message.react("👍")
            await message.edit(MessageRef(key="k"), "changed")
            await message.delete(message.ref)
            await message.store.add("greeted", 1)

        stream = await self.attach()
        await stream.say(delivery=delivery(1, name="Ada"))
        finish = await stream.expect("finish")
        self.assertEqual((finish.delivery, finish.attempt), ("d1", 1))
        kinds = [action.WhichOneof("kind") for action in finish.actions]
        self.assertEqual(kinds, ["send", "react", "edit", "delete"])
        self.assertEqual(finish.actions[0].send.content.text, "hello Ada")
        self.assertEqual(finish.actions[1].react.target.platform_id, "m1")
        self.assertEqual(finish.actions[2].edit.target.posted.key, "k")
        self.assertEqual((finish.store_writes[0].key, finish.store_writes[0].add), ("greeted", 1))

    async def test_progress_is_said_before_the_end(self):
        go_on = asyncio.Event()

        @self.bot.route("hi")
        async def hi(message):
            said = await message.say("working")
            await message.update(said, "half way")
            await go_on.wait()
            await message.reply("done")

        stream = await self.attach()
        await stream.say(delivery=delivery(1))
        first, second = await stream.expect("say"), await stream.expect("say")
        self.assertEqual(first.actions[0].send.content.text, "working")
        target = second.actions[0].edit.target.posted.key
        self.assertEqual(target, f"d1/say/{first.key}")
        go_on.set()
        self.assertEqual(text_of(await stream.expect("finish")), ["done"])

    async def test_what_is_ready_together_is_said_in_one_frame(self):
        @self.bot.route("hi", free=True)
        async def hi(message):
            await message.reply("hello")

        stream = await self.attach()
        deliveries = [delivery(number) for number in range(100)]
        await stream.say(*(wire.HandlerCommand(delivery=each) for each in deliveries))
        for _ in deliveries:
            await stream.expect("finish")
        self.assertLessEqual(max(stream.frames), 64)
        self.assertLessEqual(len(stream.frames), 1 + 3, stream.frames)

    async def test_text_that_is_no_unicode_costs_no_answer(self):
        @self.bot.route("hi")
        async def hi(message):
            await message.reply("half \ud83d of it")

        stream = await self.attach()
        await stream.say(delivery=delivery(1))
        self.assertEqual(text_of(await stream.expect("finish")), ["half ? of it"])

    async def test_it_hears_what_became_of_its_answers(self):
        heard = asyncio.Queue()

        @self.bot.on_posted
        async def on_posted(posted):
            heard.put_nowait(posted)
            raise RuntimeError("nobody minds")

        stream = await self.attach()
        result = message_pb2.ActionResult(platform_ids=["p1", "p2"])
        with self.assertLogs("chathub", "ERROR"):
            await stream.say(posted=wire.Posted(key="d1", index=1, result=result))
            posted = await soon(heard.get())
            await asyncio.sleep(0)
        self.assertEqual(posted.message, MessageRef("p1", "d1", 1))
        self.assertEqual((posted.platform_ids, posted.problem), (("p1", "p2"), ""))


class OrderTest(HandlerCase):
    async def test_one_conversation_goes_one_after_the_other_and_others_beside_it(self):
        log, go_on = [], asyncio.Event()

        @self.bot.route("hi")
        async def hi(message):
            log.append(("begins", message.delivery.id))
            if message.delivery.id == "d1":
                await go_on.wait()
            log.append(("ends", message.delivery.id))

        stream = await self.attach()
        for number, room in ((1, "test/lab"), (2, "test/lab"), (3, "test/attic")):
            await stream.say(delivery=delivery(number, room=room))
        self.assertEqual((await stream.expect("finish")).delivery, "d3")
        go_on.set()
        self.assertEqual((await stream.expect("finish")).delivery, "d1")
        self.assertEqual((await stream.expect("finish")).delivery, "d2")
        self.assertEqual(log[-2:], [("begins", "d2"), ("ends", "d2")])

    async def test_a_free_route_waits_for_nobody(self):
        meeting = [asyncio.Event(), asyncio.Event()]

        @self.bot.route(HI, free=True)
        async def hi(message, name):
            mine = int(name)
            meeting[mine].set()
            await meeting[1 - mine].wait()

        stream = await self.attach()
        for number in (0, 1):
            await stream.say(delivery=delivery(number, name=str(number)))
        ended = {(await stream.expect("finish")).delivery for _ in range(2)}
        self.assertEqual(ended, {"d0", "d1"})

    async def test_a_conflict_runs_it_again_five_times_at_most(self):
        runs = []

        @self.bot.route("hi")
        async def hi(message):
            runs.append(message.attempt)
            await message.store.put("key", "value", if_revision=4)
            await message.reply(str(len(runs)))

        stream = await self.attach()
        await stream.say(delivery=delivery(1))
        for run in range(1, 7):
            finish = await stream.expect("finish")
            self.assertEqual(text_of(finish), [str(run)])
            self.assertEqual(finish.store_writes[0].if_revision, 4)
            conflict = {"key": "key", "revision": 5}
            await self.finish(stream, 1, wire.FINISH_OUTCOME_CONFLICT, conflict=conflict)
        self.assertIn("kept changing key", (await stream.expect("nack")).why)
        self.assertEqual(runs, [1] * 6)


if __name__ == "__main__":
    unittest.main()

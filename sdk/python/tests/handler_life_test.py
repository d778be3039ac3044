"""A handler against a hub whose every word the test says: failures, cancels, lines that break."""

import asyncio
import unittest

import grpc
from fake_hub import soon
from handler_case import HI, HandlerCase, delivery, text_of

from chathub import Retry
from chathub.v1 import handlers_pb2 as wire


class FailureTest(HandlerCase):
    async def test_retry_gives_it_back_for_later(self):
        @self.bot.route("hi")
        async def hi(message):
            await message.reply("never said")
            raise Retry(after=1.5, why="the oracle sleeps")

        stream = await self.attach()
        await stream.say(delivery=delivery(1, attempt=2))
        nack = await stream.expect("nack")
        self.assertEqual((nack.delivery, nack.attempt), ("d1", 2))
        self.assertEqual(nack.retry_after.ToTimedelta().total_seconds(), 1.5)
        self.assertEqual(nack.why, "the oracle sleeps")

    async def test_raising_gives_it_back_at_once_and_says_why(self):
        @self.bot.route("hi")
        async def hi(message):
            raise KeyError("no such thing")

        stream = await self.attach()
        with self.assertLogs("chathub", "ERROR") as logs:
            await stream.say(delivery=delivery(1))
            nack = await stream.expect("nack")
        self.assertFalse(nack.HasField("retry_after"))
        self.assertIn("KeyError: 'no such thing'", nack.why)
        self.assertEqual((logs.records[0].delivery, logs.records[0].attempt), ("d1", 1))
        self.assertIn("Traceback", logs.output[0])

    async def test_a_route_that_it_does_not_know_is_given_back(self):
        stream = await self.attach()
        await stream.say(delivery=delivery(1, route="other"))
        self.assertIn('no route "other"', (await stream.expect("nack")).why)

    async def test_an_answer_that_is_too_large_is_given_up(self):
        @self.bot.route("hi")
        async def hi(message):
            await message.reply("x" * 300_000)

        stream = await self.attach()
        await stream.say(delivery=delivery(1))
        self.assertIn("256 KiB", (await stream.expect("nack")).why)

    async def test_a_cancel_cancels_the_function(self):
        ended = asyncio.get_running_loop().create_future()

        @self.bot.route(HI)
        async def hi(message, name):
            if name == "next":
                return
            try:
                await message.say("begun")
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                ended.set_result("cancelled")
                raise

        stream = await self.attach()
        await stream.say(delivery=delivery(1, name="first"))
        await stream.expect("say")
        await stream.say(cancel=wire.Cancel(delivery="d1", attempt=1))
        self.assertEqual(await soon(ended), "cancelled")
        # Nothing is said about it, and its conversation goes on.
        await stream.say(delivery=delivery(2, name="next"))
        self.assertEqual((await stream.expect("finish")).delivery, "d2")

    async def test_what_is_cancelled_before_its_turn_never_begins(self):
        begun, go_on = [], asyncio.Event()

        @self.bot.route("hi")
        async def hi(message):
            begun.append(message.delivery.id)
            await go_on.wait()

        stream = await self.attach()
        cancel = wire.Cancel(delivery="d2", attempt=1)
        await stream.say(
            *(wire.HandlerCommand(delivery=delivery(number)) for number in (1, 2, 3)),
            wire.HandlerCommand(cancel=cancel),
        )
        # Cancelled in the turn of the loop in which its task was made.
        await stream.say(
            wire.HandlerCommand(delivery=delivery(4, room="test/attic")),
            wire.HandlerCommand(cancel=wire.Cancel(delivery="d4", attempt=1)),
            wire.HandlerCommand(delivery=delivery(5, room="test/attic")),
        )
        go_on.set()
        ended = {(await stream.expect("finish")).delivery for _ in range(3)}
        self.assertEqual(ended, {"d1", "d3", "d5"})
        self.assertEqual(sorted(begun), ["d1", "d3", "d5"])


class LifeTest(HandlerCase):
    async def test_it_renews_what_it_holds(self):
        @self.bot.route("hi")
        async def hi(message):
            await asyncio.Event().wait()

        stream = await self.attach(lease={"nanos": 90_000_000})
        await stream.say(delivery=delivery(1))
        for _ in range(2):
            renew = await soon(stream._heard.get())
            self.assertEqual(list(renew.renew.deliveries), ["d1"])

    async def test_it_answers_pings(self):
        stream = await self.attach()
        await stream.say(ping={"nonce": 7})
        self.assertEqual((await stream.expect("pong")).nonce, 7)

    async def test_after_a_cut_line_it_goes_on_with_what_it_holds(self):
        go_on = asyncio.Event()

        @self.bot.route("hi")
        async def hi(message):
            await go_on.wait()
            await message.reply("survived")

        stream = await self.attach(token="secret token")
        await stream.say(delivery=delivery(1))
        await stream.say(ping={"nonce": 1})
        await stream.expect("pong")
        stream.cut()
        stream = await self.attach(holding=[wire.Holding(delivery="d1", attempt=1)])
        self.assertEqual(self.hello.instance_token, "secret token")
        self.assertEqual([held.delivery for held in self.hello.holding], ["d1"])
        go_on.set()
        self.assertEqual(text_of(await stream.expect("finish")), ["survived"])

    async def test_stop_finishes_what_is_held_and_then_leaves(self):
        go_on = asyncio.Event()

        @self.bot.route("hi")
        async def hi(message):
            await message.say("begun")
            await go_on.wait()
            await message.reply("done")

        stream = await self.attach()
        await stream.say(delivery=delivery(1))
        await stream.expect("say")
        self.bot.stop()
        await stream.expect("leaving")
        go_on.set()
        self.assertEqual(text_of(await stream.expect("finish")), ["done"])
        self.assertFalse(self.serving.done())
        await self.finish(stream, 1)
        stream.end_well()
        await soon(self.serving)

    async def test_being_cancelled_itself_it_drops_everything_at_once(self):
        ended = asyncio.get_running_loop().create_future()

        @self.bot.route("hi")
        async def hi(message):
            try:
                await message.say("begun")
                await asyncio.Event().wait()
            finally:
                ended.set_result(True)

        stream = await self.attach()
        await stream.say(delivery=delivery(1))
        await stream.expect("say")
        self.serving.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await soon(self.serving)
        self.assertTrue(ended.done())

    async def test_it_comes_back_when_the_hub_went_away(self):
        stream = await self.attach()
        await stream.say(draining={})
        stream.end(grpc.StatusCode.UNAVAILABLE, "the hub goes away", reason=9)
        await self.attach()
        self.assertEqual(self.hello.instance_token, "")

    async def test_routes_of_others_are_asked_for_in_the_name_of_a_user(self):
        found = asyncio.get_running_loop().create_future()

        @self.bot.route("hi")
        async def hi(message):
            found.set_result(await self.bot.list_routes(message, "word"))

        stream = await self.attach()
        await stream.say(delivery=delivery(1))
        [listing] = await soon(found)
        self.assertEqual(
            (listing.handler, listing.trigger, listing.attached), ("help", "word", True)
        )


if __name__ == "__main__":
    unittest.main()

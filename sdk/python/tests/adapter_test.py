"""An adapter against a hub whose every word the test says."""

import asyncio
import unittest

from fake_hub import FakeHubCase, soon

from chathub import Adapter, Conversation, Reason, Room, User
from chathub.v1 import adapters_pb2 as wire
from chathub.v1 import message_pb2


def event(text):
    return message_pb2.Event(
        conversation=Conversation(room="test/lab").to_wire(),
        user=message_pb2.User(id="test/ada"),
        message=message_pb2.ChatMessage(content=message_pb2.Content(text=text)),
    )


def sending(key, *texts, **fields):
    actions = [{"send": {"content": {"text": text}}} for text in texts]
    return wire.Order(key=key, actions=actions, **fields)


class AdapterTest(FakeHubCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.adapter = Adapter("test", hub=self.hub.options, service="Test", mention_names=["hub"])

    async def attach(self, **fields):
        if not hasattr(self, "serving"):
            self.serving = self.serve(self.adapter)
        stream = await self.hub.next_stream()
        self.hello = await stream.expect("hello")
        await stream.say(hello_ok=wire.AdapterHelloOk(hub="hub", **fields))
        return stream

    async def test_it_says_who_it_is(self):
        await self.attach()
        self.assertEqual((self.hello.name, self.hello.service), ("test", "Test"))
        self.assertEqual(list(self.hello.mention_names), ["hub"])
        self.assertEqual(len({self.hello.epoch, self.hello.incarnation, ""}), 3)

    async def test_events_are_said_again_until_they_are_accepted(self):
        self.assertEqual(self.adapter.emit(event("before")), 1)
        stream = await self.attach()
        first = await stream.expect("event")
        self.assertEqual((first.seq, first.resent), (1, False))
        self.assertEqual(first.event.conversation.adapter, "test")
        self.adapter.emit(event("two"), service_event_id="s2", cursor="c2", age=2)
        second = await stream.expect("event")
        self.assertEqual((second.service_event_id, second.cursor), ("s2", "c2"))
        self.assertGreaterEqual(second.age.seconds, 2)
        await stream.say(accepted={"up_to": 1})
        await stream.say(ping={"nonce": 1})
        await stream.expect("pong")
        stream.cut()
        epoch, incarnation = self.hello.epoch, self.hello.incarnation
        stream = await self.attach(accepted=1)
        self.assertEqual((self.hello.epoch, self.hello.incarnation), (epoch, incarnation))
        self.assertEqual(self.hello.oldest_unaccepted, 2)
        again = await stream.expect("event")
        self.assertEqual((again.seq, again.resent), (2, True))

    async def test_orders_are_done_one_after_the_other_and_told(self):
        running, seen = [], []

        @self.adapter.on_order
        async def do(order, result):
            running.append(order.key)
            await asyncio.sleep(0)
            self.assertEqual(running, [order.key])
            running.clear()
            for action in order.actions:
                seen.append(action.send.content.text)
                result.done([f"id-{len(seen)}"])

        stream = await self.attach()
        orders = (sending("k1", "one", "two"), sending("k2", "three"))
        await stream.say(*(wire.AdapterCommand(order=order) for order in orders))
        first, second = await stream.expect("done"), await stream.expect("done")
        self.assertEqual(seen, ["one", "two", "three"])
        self.assertEqual((first.key, second.key), ("k1", "k2"))
        ids = [list(result.platform_ids) for result in first.results]
        self.assertEqual(ids, [["id-1"], ["id-2"]])
        # A repeated key is answered from memory.
        await stream.say(order=sending("k1", "one", "two"))
        self.assertEqual(await stream.expect("done"), first)
        self.assertEqual(len(seen), 3)

    async def test_an_edit_names_what_was_posted_by_its_id(self):
        targets = []

        @self.adapter.on_order
        async def do(order, result):
            for action in order.actions:
                if action.HasField("edit"):
                    targets.append(action.edit.target)
                result.done(["id-7"])

        stream = await self.attach()
        await stream.say(order=sending("k1", "one"))
        edits = [{"edit": {"target": {"posted": {"key": key}}}} for key in ("k1", "long ago")]
        await stream.say(order=wire.Order(key="k2", actions=edits))
        for _ in range(2):
            await stream.expect("done")
        self.assertEqual(targets[0].platform_id, "id-7")
        self.assertTrue(targets[1].HasField("posted"))

    async def test_what_fails_says_why_and_stops_there(self):
        @self.adapter.on_order
        async def do(order, result):
            if order.key == "raises":
                raise RuntimeError("the chat is closed")
            result.done()
            result.fail(Reason.NO_SUCH_PEER, "nobody there")
            result.fail(Reason.OUR_FAULT, "a second complaint")

        stream = await self.attach()
        await stream.say(order=sending("fails", "a", "b", "c"))
        results = (await stream.expect("done")).results
        self.assertEqual(len(results), 2)
        self.assertEqual(results[1].problem.detail, "nobody there")
        with self.assertLogs("chathub", "ERROR"):
            await stream.say(order=sending("raises", "a"))
            [result] = (await stream.expect("done")).results
        self.assertEqual(result.problem.detail, "the chat is closed")

    async def test_an_order_that_is_too_old_is_not_done(self):
        @self.adapter.on_order
        async def do(order, result):
            self.fail("it was done")

        stream = await self.attach()
        await stream.say(order=sending("old", "a", expires_at={"seconds": 1}))
        [result] = (await stream.expect("done")).results
        self.assertEqual(result.problem.reason, Reason.EXPIRED)

    async def test_who_does_no_orders_says_so(self):
        stream = await self.attach()
        await stream.say(order=sending("k", "a"))
        [result] = (await stream.expect("done")).results
        self.assertEqual(result.problem.reason, Reason.UNSUPPORTED)

    async def test_it_hears_the_greeting_and_tells_who_is_there(self):
        @self.adapter.on_attached
        async def attached(ok):
            self.adapter.tell_rooms([Room(id) for id in ok.rooms])
            self.adapter.tell_users([User("test/ada", "Ada")])
            self.adapter.rename("test/bot", ["bot"])

        stream = await self.attach(rooms=["test/lab"])
        self.assertEqual((await stream.expect("rooms")).rooms[0].id, "test/lab")
        self.assertEqual((await stream.expect("users")).users[0].name, "Ada")
        hello = await stream.expect("hello")
        self.assertEqual((hello.own_user_id, list(hello.mention_names)), ("test/bot", ["bot"]))

    async def test_it_waits_until_everything_is_settled(self):
        stream = await self.attach()
        self.adapter.emit(event("one"))
        waiting = asyncio.create_task(self.adapter.wait_settled())
        await stream.expect("event")
        self.assertEqual((await stream.expect("await_settled")).up_to, 1)
        self.assertFalse(waiting.done())
        await stream.say(settled={"up_to": 1})
        self.assertTrue(await soon(waiting))
        self.adapter.emit(event("two"))
        self.assertFalse(await self.adapter.wait_settled(0.01))

    async def test_it_waits_for_space(self):
        self.adapter = Adapter("test", hub=self.hub.options, outbox_events=2)
        stream = await self.attach()
        for text in ("one", "two"):
            self.adapter.emit(event(text))
        self.assertFalse(await self.adapter.wait_space(0.01))
        waiting = asyncio.create_task(self.adapter.wait_space())
        await stream.say(accepted={"up_to": 1})
        self.assertTrue(await soon(waiting))

    async def test_who_waits_hears_of_the_end(self):
        await self.attach()
        self.adapter.emit(event("one"))
        waiting = asyncio.create_task(self.adapter.wait_settled())
        await asyncio.sleep(0)
        self.serving.cancel()
        self.assertFalse(await soon(waiting))

    async def test_stop_says_goodbye_and_lets_orders_be_done(self):
        @self.adapter.on_order
        async def do(order, result):
            result.done(["id"])

        stream = await self.attach()
        await stream.say(ping={"nonce": 1})
        await stream.expect("pong")
        self.adapter.stop()
        await stream.expect("leaving")
        await stream.say(order=sending("last", "a"))
        self.assertEqual((await stream.expect("done")).key, "last")
        stream.end_well()
        await soon(self.serving)

    async def test_an_event_that_no_frame_can_carry_is_refused_at_once(self):
        with self.assertRaisesRegex(ValueError, "256 KiB"):
            self.adapter.emit(event("x" * 300_000))


if __name__ == "__main__":
    unittest.main()

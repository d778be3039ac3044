"""Chat, store, users and rooms: what is asked on the wire, and what comes of the answers."""

import asyncio
import dataclasses
import unittest
from datetime import datetime, timedelta, timezone

from fake_hub import FakeHub, soon
from fake_services import FakeServices

from chathub import Conversation, Handler, HubError, MessageRef, Reason, Room, User

LAB = Conversation("irc", room="irc/#lab")


class CallsTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.hub = FakeHub()
        self.services = FakeServices(self.hub.server)
        await self.hub.start()
        self.addAsyncCleanup(self.hub.server.stop, None)
        self.bot = Handler("karma", hub=self.hub.options)
        self.addAsyncCleanup(self.bot._hub_calls.close)

    async def asked(self, awaitable):
        """The request that it made."""
        await soon(awaitable)
        return self.services.asked[-1]

    async def test_each_says_who_calls(self):
        await self.bot.users.get("irc/ada")
        self.assertEqual(self.services.peers, {"handler/karma"})

    async def test_what_is_sent_can_be_named(self):
        at = datetime(2030, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=1)))
        ref = await self.bot.chat.send(LAB, "hello", not_before=at)
        [request] = self.services.asked
        self.assertEqual(request.conversation.room, "irc/#lab")
        self.assertEqual(request.content.text, "hello")
        self.assertEqual(request.not_before.seconds, at.timestamp())
        self.assertEqual(ref, MessageRef(key=f"key/{request.request_id}"))

    async def test_everything_that_a_chat_can_do(self):
        chat, target = self.bot.chat, MessageRef(key="k", index=2)
        request = await self.asked(chat.edit(LAB, target, "new"))
        self.assertEqual((request.target.posted.index, request.content.text), (2, "new"))
        request = await self.asked(chat.delete(LAB, MessageRef("p")))
        self.assertEqual(request.target.platform_id, "p")
        request = await self.asked(chat.react(LAB, target, "👍", remove=True))
        self.assertEqual((request.emoji, request.remove), ("👍", True))
        request = await self.asked(chat.show_typing(LAB))
        self.assertEqual(request.conversation.adapter, "irc")
        self.assertEqual((await self.asked(chat.join("irc/#new"))).room, "irc/#new")
        self.assertEqual((await self.asked(chat.part("irc/#new"))).room, "irc/#new")

    async def test_a_refusal_is_in_the_hub_s_words(self):
        with self.assertRaises(HubError) as caught:
            await soon(self.bot.chat.set_topic("irc/#lab", "tea"))
        self.assertEqual(str(caught.exception), "may not set topics")
        self.assertEqual(caught.exception.reason, Reason.NOT_ALLOWED)

    async def test_a_call_outlives_a_hub_that_goes_away_and_happens_once(self):
        self.services.unavailable = 2
        await soon(self.bot.chat.send(LAB, "hello"))
        ids = {request.request_id for request in self.services.asked}
        self.assertEqual((len(self.services.asked), len(ids)), (3, 1))

    async def test_a_call_that_fails_disturbs_no_other(self):
        self.services.answer_get.clear()
        getting = asyncio.create_task(self.bot.store.get("a"))
        while not self.services.asked:
            await asyncio.sleep(0.01)
        self.services.unavailable = 1
        await soon(self.bot.users.get("irc/ada"))
        self.services.answer_get.set()
        self.assertIsNone(await soon(getting))

    async def test_a_wrong_token_is_not_tried_twice(self):
        bot = Handler("karma", hub=dataclasses.replace(self.hub.options, token="wrong"))
        self.addAsyncCleanup(bot._hub_calls.close)
        with self.assertRaisesRegex(HubError, "who are you"):
            await soon(bot.users.get("irc/ada"))

    async def test_the_store_gets_and_puts(self):
        self.services.entries["a"] = {"key": "a", "value": b"7", "revision": 2}
        entry = await self.bot.store.get("a")
        self.assertEqual((int(entry.value), entry.text, entry.revision), (7, "7", 2))
        self.assertIsNone(await self.bot.store.get("b"))
        self.assertEqual(await self.bot.store.put("a", "ä", ttl=timedelta(minutes=1)), 3)
        request = self.services.asked[-1]
        self.assertEqual((request.value, request.ttl.seconds), ("ä".encode(), 60))
        self.assertFalse(request.HasField("if_revision"))
        request = await self.asked(self.bot.store.delete("a", if_revision=2))
        self.assertEqual((request.key, request.if_revision), ("a", 2))

    async def test_a_revision_that_does_not_hold_is_a_conflict(self):
        with self.assertRaises(HubError) as caught:
            await self.bot.store.put("a", b"1", if_revision=0)
        self.assertEqual(caught.exception.reason, Reason.CONFLICT)
        self.assertEqual(self.services.asked[-1].if_revision, 0)
        self.assertTrue(self.services.asked[-1].HasField("if_revision"))

    async def test_a_batch_is_one_call_or_none(self):
        async with self.bot.store.batch() as batch:
            await batch.put("a", "1", if_revision=0)
            await batch.add("b", -2)
            await batch.delete("c")
        [request] = self.services.asked
        self.assertEqual([w.WhichOneof("change") for w in request.writes], ["put", "add", "delete"])
        with self.assertRaises(RuntimeError):
            async with self.bot.store.batch() as batch:
                await batch.delete("a")
                raise RuntimeError
        self.assertEqual(len(self.services.asked), 1)

    async def test_a_call_that_would_count_twice_is_not_repeated(self):
        self.services.unavailable = 1
        with self.assertRaises(HubError) as caught:
            async with self.bot.store.batch() as batch:
                await batch.add("a", 1)
        self.assertEqual(caught.exception.reason, Reason.GOING_AWAY)
        self.assertEqual(len(self.services.asked), 1)

    async def test_lists_are_read_to_their_last_page(self):
        entries = [entry async for entry in self.bot.store.list("x")]
        self.assertEqual([entry.key for entry in entries], ["a", "b"])
        self.assertEqual(entries[1].expires_at, datetime(1970, 1, 1, 0, 1, tzinfo=timezone.utc))
        users = [user.id async for user in self.bot.users.list()]
        self.assertEqual(users, ["irc/first", "irc/more"])

    async def test_a_watch_tells_changes_and_when_it_missed_some(self):
        changes = []
        with self.assertRaisesRegex(HubError, "the line broke"):
            async for change in self.bot.store.watch("a", with_present=True):
                changes.append((change.entry.key, change.deleted))
        self.assertEqual(changes, [("a", False), ("a", True)])
        self.assertTrue(self.services.asked[-1].with_present)

    async def test_users_and_rooms_are_found(self):
        self.assertEqual(await self.bot.users.get("irc/ada"), User("irc/ada", "Ada"))
        self.assertIsNone(await self.bot.users.get("irc/eve"))
        [user] = await self.bot.users.find("ADA", adapter="irc")
        self.assertEqual((user.name, self.services.asked[-1].adapter), ("ADA", "irc"))
        room = Room("irc/#lab", topic="tea", joined=True)
        self.assertEqual(await self.bot.rooms.get("irc/#lab"), room)
        self.assertEqual([r.name for r in await self.bot.rooms.find("lab")], ["lab"])
        rooms = [room async for room in self.bot.rooms.list(joined=True)]
        self.assertEqual(rooms, [Room("irc/#lab", joined=True)])


if __name__ == "__main__":
    unittest.main()

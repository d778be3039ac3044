"""What users say, and what they see."""

from kit.adapter_case import AdapterCase
from kit.line import DOWN, UP
from harness.words import say
from handler_checks.answers import TEXTS


class TalkChecks(AdapterCase):
    def setUp(self):
        super().setUp()
        self.repeat()
        self.chat = self.attach()
        self.line = self.chat.line

    def test_hello(self):
        """says hello with its name, epoch, incarnation and service"""
        hello = self.line.wait(UP, "hello")
        self.assertEqual(hello.name, self.chat.adapter)
        self.assertEqual(hello.oldest_unaccepted, 0)
        for field in ("epoch", "incarnation", "service"):
            self.assertNotEqual(getattr(hello, field), "", field)
        self.assertNotEqual(hello.epoch, hello.incarnation)

    def test_event(self):
        """an event tells who said what where, with qualified ids"""
        self.chat.say("repeat hello")
        event = self.repeater.wait_delivery().event
        prefix = self.chat.adapter + "/"
        self.assertEqual(event.conversation.adapter, self.chat.adapter)
        self.assertTrue(event.user.id.startswith(prefix), event.user.id)
        self.assertIn(self.chat.users[0], (event.user.name, event.user.id.removeprefix(prefix)))
        place = event.conversation.room or event.conversation.user
        self.assertTrue(place.startswith(prefix), place)
        self.assertEqual(event.message.content.text, "repeat hello")

    def test_numbers(self):
        """numbers its events from 1 without gaps"""
        self.assert_repeats(self.chat, *map(str, range(20)))
        self.assertEqual([e.seq for e in self.line.all(UP, "event")], list(range(1, 21)))

    def test_done(self):
        """answers each order with a Done, one result for each action"""
        self.handler("twice", answers=lambda delivery: ["one", say("two"), "three"])
        self.chat.say("twice")
        self.chat.wait_posts(3)
        self.assertEqual(self.chat.posts(), ["one", "two", "three"])
        done = self.line.wait(UP, "done")
        self.assertEqual(done.key, self.line.wait(DOWN, "order").key)
        self.assertEqual(len(done.results), 3)
        self.assertFalse([result for result in done.results if result.HasField("problem")])

    def test_unicode(self):
        """Unicode passes through, both ways"""
        for what, text in TEXTS.items():
            # Not every chat has messages of several lines.
            text = " ".join(text.split())
            with self.subTest(what):
                self.assert_repeats(self.chat, text)

    def test_long_text(self):
        """a text of 32 KiB passes through, in as many pieces as the chat needs"""
        text = "€uro" * (32 * 1024 // len("€uro".encode()))
        self.need(self.chat.longest >= 32 * 1024, "users of this chat cannot say that much")
        # A pattern would capture the first 8 KiB of it.
        self.handler("long", answers=lambda delivery: delivery.event.message.content.text)
        self.chat.say(f"long {text}")
        self.chat.seen.wait(lambda entry: "".join(self.chat.posts()) == f"long {text}")

    def test_burst(self):
        """many events go in frames within the limits, and all are answered in order"""
        self.assert_repeats(self.chat, *map(str, range(300)))
        for said in self.line.said.all(lambda said: said.direction == UP):
            self.assertLessEqual(len(said.items), 64)
            self.assertLessEqual(said.bytes, 257 * 1024)

    def test_own_words(self):
        """what the bot says is not taken for a user's words"""
        self.assert_repeats(self.chat, "repeat it once")
        self.assert_repeats(self.chat, "behind")
        self.assertEqual(self.chat.posts(), ["repeat it once", "behind"])
        own = self.line.wait(UP, "hello").own_user_id
        users = {event.event.user.id for event in self.line.all(UP, "event")}
        self.assertLessEqual(users, {f"{self.chat.adapter}/{u}" for u in self.chat.users} | {own})

    def test_rooms(self):
        """an answer goes to the room that it is for"""
        self.need(len(self.chat.rooms) > 1, "this chat has one room")
        self.chat.say("repeat left", room=0)
        self.chat.say("repeat right", room=1)
        self.chat.wait_posts(2)
        self.assertEqual((self.chat.posts(0), self.chat.posts(1)), (["left"], ["right"]))

"""When a text is said to the bot: mention, prefix, private talk, or the chat service's word."""

import unittest

from harness.case import HubCase
from harness.words import pattern

FORMS = ["@hub x", "hub: x", "!x", "@hub: x", "Hub: x", "@HUB x", "hub, x", "  @hub   x"]
OTHERS = ["x", "hub x", "hubbub: x", "@hubble x", "I told hub: x", "x @hub", "the!x", "! x"]


class MentionTest(HubCase):
    def setUp(self):
        super().setUp()
        self.chat = self.adapter()
        self.addressed = self.handler("addressed", pattern("x", addressed_only=True))
        self.any = self.handler("any", pattern("x"))

    def hear_all(self, texts, **where):
        """Says each, and waits until all are through."""
        for text in texts:
            self.chat.hear(text, **where)
        self.chat.hear("!x the end", **where)
        self.addressed.wait_delivery("x the end")
        self.any.wait_delivery("x the end")

    def texts(self, handler):
        return [delivery.text for delivery in handler.all("delivery")][:-1]

    def test_each_form_of_a_mention_addresses_the_bot_and_is_stripped(self):
        self.hear_all(FORMS)
        self.assertEqual(self.texts(self.addressed), ["x"] * len(FORMS))
        self.assertEqual(self.texts(self.any), ["x"] * len(FORMS))
        self.assertTrue(all(delivery.addressed for delivery in self.any.all("delivery")))

    def test_the_whole_message_stays_in_the_event(self):
        self.chat.hear("@hub x")
        delivery = self.addressed.wait_delivery("x")
        self.assertEqual(delivery.event.message.content.text, "@hub x")

    def test_what_is_not_addressed_reaches_only_routes_that_do_not_ask_for_it(self):
        self.hear_all(OTHERS)
        self.assertEqual(self.texts(self.addressed), [])
        self.assertEqual(self.texts(self.any), OTHERS)
        self.assertFalse(any(delivery.addressed for delivery in self.any.all("delivery")[:-1]))

    def test_a_private_talk_is_addressed_with_and_without_a_mention(self):
        self.hear_all(["x", "hub: x", "!x"], private=True)
        self.assertEqual(self.texts(self.addressed), ["x", "x", "x"])

    def test_the_chat_service_itself_may_say_that_a_text_is_addressed(self):
        self.chat.hear("x by slash", addressed=True)
        self.assertTrue(self.addressed.wait_delivery("x by slash").addressed)

    def test_an_answer_to_a_private_talk_stays_private(self):
        self.chat.hear("x", user="ada", private=True)
        delivery = self.addressed.wait_delivery("x")
        self.addressed.finish(delivery, "between us")
        talk = self.chat.wait_text("between us").conversation
        self.assertEqual((talk.user, talk.room), ("shell/ada", ""))

    def test_other_mention_names_may_be_told_later(self):
        hello = self.chat.hello()
        del hello.mention_names[:]
        hello.mention_names.append("botty")
        self.chat.item(hello=hello)
        self.chat.wait("hello_ok")
        self.chat.hear("botty: x renamed")
        self.assertTrue(self.addressed.wait_delivery("x renamed").addressed)


class BotsTest(HubCase):
    def test_the_bots_own_messages_match_nothing(self):
        adapter = self.adapter(own_user_id="shell/me")
        handler = self.handler("any", pattern("x", bots=True), answers=lambda delivery: "x")
        adapter.hear("x of mine", user="me")
        adapter.hear("x of ada", user="ada")
        handler.wait_delivery("x of ada")
        self.assertEqual(len(handler.all("delivery")), 1)

    def test_other_bots_reach_only_routes_that_ask_for_them(self):
        adapter = self.adapter()
        shy = self.handler("shy", pattern("x"))
        open_to_bots = self.handler("open", pattern("x", bots=True))
        adapter.hear("x of a bot", user="robby", bot=True)
        adapter.hear("x of ada")
        open_to_bots.wait_delivery("x of a bot")
        shy.wait_delivery("x of ada")
        self.assertEqual([delivery.text for delivery in shy.all("delivery")], ["x of ada"])

    def test_two_bots_cannot_talk_for_ever(self):
        adapter = self.adapter()
        handler = self.handler("pong", pattern("ping", bots=True), answers=lambda d: "pong")
        for _ in range(1000):
            last = adapter.hear("ping", user="robby", bot=True)
        adapter.settle(last)
        self.assertGreater(len(handler.all("delivery")), 0)
        self.assertLess(len(handler.all("delivery")), 500)
        # People are not held back by it.
        last = adapter.hear("ping of ada")
        handler.wait_delivery("ping of ada")


if __name__ == "__main__":
    unittest.main()

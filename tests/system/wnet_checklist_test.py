"""WNet, line by line of what its document promises and its programs do, over real sockets."""

import unittest

from harness.gateway_case import Clock, GatewayCase, fresh_name
from harness.legacy import cookie
from harness.web_socket import PING, PONG

ADDED = "info@You added as bot"
TAKEN = "error@Such bot connected. Sending ping to confirm that bot is alive."


class WnetCase(GatewayCase):
    def pair(self):
        """A bot, a client connected to it, the bot's name and the client's sid."""
        name = fresh_name()
        bot, client = self.bot(name), self.wnet()
        self.assertEqual(client.ask(f"connect@{name}"), f"connectedto@{name}")
        return bot, client, name, self.connection(bot)

    def connection(self, bot, account="None"):
        kind, sid, who = bot.hear().split("@")
        self.assertEqual((kind, who), ("connection", account))
        return sid


class AddTest(WnetCase):
    def test_add_ok(self):
        self.assertEqual(self.candidate().ask(f"add@{fresh_name()}"), ADDED)

    def test_add_of_eighteen_letters_small_and_large(self):
        name = fresh_name("a" * 9 + "Z")
        self.assertEqual(self.candidate().ask("add@" + name.ljust(18, "x")), ADDED)

    def test_a_name_with_digits_is_refused(self):
        self.assert_error(self.candidate().ask("add@bot1"))

    def test_a_name_of_nineteen_letters_is_refused(self):
        self.assert_error(self.candidate().ask("add@" + "a" * 19))

    def test_an_empty_name_is_refused(self):
        self.assert_error(self.candidate().ask("add@"))

    def test_a_cyrillic_name_is_refused(self):
        self.assert_error(self.candidate().ask("add@погода"))

    def test_other_names_that_are_not_letters_are_refused(self):
        bot = self.candidate()
        for name in ("a b", "a@b", "a-b", "a_b", "a\n", " a", "a\0", "a" * 5000, "é"):
            self.assert_error(bot.ask(f"add@{name}"))
        self.assertEqual(bot.ask(f"add@{fresh_name()}"), ADDED)

    def test_names_differ_by_case(self):
        name = fresh_name()
        self.bot(name)
        self.assertEqual(self.candidate().ask(f"add@{name.lower()}"), ADDED)

    def test_one_program_may_be_several_bots_and_add_its_own_name_again(self):
        one, two = fresh_name(), fresh_name()
        bot = self.bot(one)
        self.assertEqual(bot.ask(f"add@{two}"), ADDED)
        self.assertEqual(bot.ask(f"add@{one}"), ADDED)

    def test_a_handler_s_name_is_refused(self):
        name = fresh_name("handler")
        self.handler(name)
        self.assert_error(self.candidate().ask(f"add@{name}"))


class ConflictTest(WnetCase):
    def test_the_holder_is_alive(self):
        name = fresh_name()
        holder, challenger = self.bot(name), self.candidate()
        self.assertEqual(challenger.ask(f"add@{name}"), TAKEN)
        self.assertEqual(holder.hear(), "isalive")
        holder.say("alive")
        self.assert_error(challenger.hear())
        client = self.wnet()
        client.ask(f"connect@{name}")
        self.connection(holder)

    def test_the_holder_is_dead(self):
        bot, client, name, _ = self.pair()
        challenger, clock = self.candidate(), Clock()
        self.assertEqual(challenger.ask(f"add@{name}"), TAKEN)
        self.assertEqual(challenger.hear(), ADDED)
        self.assertGreater(clock.passed(), 4.5)
        self.assertLess(clock.passed(), 15)
        self.assertEqual(client.hear(), f"disconnectedfrom@{name}")
        self.assertEqual(bot.wait_close(), 1008)
        # The name has moved, and exactly once.
        client.ask(f"connect@{name}")
        self.connection(challenger)
        self.assertEqual(client.ask(f"search@{name}"), f"list@{name}@{name}")

    def test_the_challenger_is_gone(self):
        name = fresh_name()
        holder, challenger = self.bot(name), self.candidate()
        challenger.ask(f"add@{name}")
        self.assertEqual(holder.hear(), "isalive")
        challenger.leave()
        holder.say("alive")
        # Nobody waits for the name: the holder is asked anew when somebody does.
        self.assertEqual(self.candidate().ask(f"add@{name}"), TAKEN)
        self.assertEqual(holder.hear(), "isalive")
        holder.say("alive")

    def test_a_second_challenger_waits_for_nothing_and_the_holder_is_asked_once(self):
        name = fresh_name()
        holder, first, second = self.bot(name), self.candidate(), self.candidate()
        self.assertEqual(first.ask(f"add@{name}"), TAKEN)
        self.assertEqual(second.ask(f"add@{name}"), TAKEN)
        self.assertEqual(holder.hear(), "isalive")
        holder.say("alive")
        self.assert_error(first.hear())
        self.assertEqual(holder.ask("search@zzz"), "list@zzz@")
        self.assertEqual(second.ask("search@zzz"), "list@zzz@")

    def test_alive_that_nobody_asked_for_is_an_error(self):
        self.assert_error(self.bot(fresh_name()).ask("alive"))


class SearchTest(WnetCase):
    def test_an_empty_search_lists_all(self):
        one, two = sorted((fresh_name("all"), fresh_name("every")))
        self.bot(one), self.bot(two)
        heard = self.wnet().ask("search@")
        self.assertTrue(heard.startswith("list@@"), heard)
        self.assertLess({one, two}, set(heard.split("@")))

    def test_a_hit(self):
        name = fresh_name("hit")
        self.bot(name)
        self.assertEqual(self.wnet().ask(f"search@{name[:-1]}"), f"list@{name[:-1]}@{name}")

    def test_a_miss_has_a_trailing_at_sign(self):
        self.assertEqual(self.wnet().ask("search@nobody"), "list@nobody@")

    def test_handlers_are_found_as_well(self):
        name = fresh_name("handler")
        self.handler(name)
        self.assertEqual(self.wnet().ask(f"search@{name}"), f"list@{name}@{name}")


class TalkTest(WnetCase):
    def test_connecting_to_nobody_is_an_error(self):
        self.assert_error(self.wnet().ask("connect@nobody"))

    def test_at_signs_in_a_message_to_the_bot(self):
        bot, client, name, sid = self.pair()
        for text in ("a@b", "@", "@@", "a@b@", "", "two\nlines", "ж"):
            client.say(f"cssend@{name}@{text}")
            self.assertEqual(bot.hear(), f"mess@{sid}@{text}")

    def test_at_signs_in_a_message_to_the_client(self):
        bot, client, name, sid = self.pair()
        for text in ("a@b", "@", "@@", "a@b@", "", "two\nlines", "ж"):
            bot.say(f"scsend@{sid}@{text}")
            self.assertEqual(client.hear(), f"mess@{name}@{text}")

    def test_a_client_talks_with_several_bots(self):
        bots = {name: self.bot(name) for name in (fresh_name(), fresh_name(), fresh_name())}
        client = self.wnet()
        for name, bot in bots.items():
            self.assertEqual(client.ask(f"connect@{name}"), f"connectedto@{name}")
            sid = self.connection(bot)
        for name, bot in bots.items():
            client.say(f"cssend@{name}@to {name}")
            self.assertEqual(bot.hear(), f"mess@{sid}@to {name}")
            bot.say(f"scsend@{sid}@from {name}")
            self.assertEqual(client.hear(), f"mess@{name}@from {name}")

    def test_a_client_disconnects(self):
        bot, client, name, sid = self.pair()
        self.assertEqual(client.ask(f"disconnect@{name}"), f"disconnectedfrom@{name}")
        self.assertEqual(bot.hear(), f"disconnected@{sid}")
        self.assert_error(client.ask(f"cssend@{name}@hello"))
        self.assert_error(client.ask(f"disconnect@{name}"))
        self.assert_error(bot.ask(f"scsend@{sid}@hello"))

    def test_a_client_closes(self):
        bot, client, _, sid = self.pair()
        client.leave()
        self.assertEqual(bot.hear(), f"disconnected@{sid}")
        self.assert_error(bot.ask(f"scsend@{sid}@hello"))

    def test_a_bot_closes(self):
        bot, client, name, _ = self.pair()
        bot.leave()
        self.assertEqual(client.hear(), f"disconnectedfrom@{name}")
        self.assert_error(client.ask(f"cssend@{name}@hello"))
        self.assertEqual(client.ask(f"search@{name}"), f"list@{name}@")

    def test_connecting_twice_is_answered_and_the_bot_hears_of_it_once(self):
        bot, client, name, sid = self.pair()
        self.assertEqual(client.ask(f"connect@{name}"), f"connectedto@{name}")
        client.say(f"cssend@{name}@hello")
        self.assertEqual(bot.hear(), f"mess@{sid}@hello")


class HandshakeTest(WnetCase):
    def account_heard(self, *headers):
        name = fresh_name()
        bot, client = self.bot(name), self.wnet(*headers)
        client.ask(f"connect@{name}")
        return bot.hear().split("@")[2]

    def test_a_quoted_cookie(self):
        self.assertEqual(self.account_heard(cookie("ann", "secret")), "ann")

    def test_an_unquoted_cookie(self):
        self.assertEqual(self.account_heard(cookie("ann", "secret").replace('"', "")), "ann")

    def test_no_cookie_is_none(self):
        self.assertEqual(self.account_heard(), "None")

    def test_a_wrong_password_is_none(self):
        self.assertEqual(self.account_heard(cookie("ann", "wrong")), "None")

    def test_a_bot_without_a_cookie_is_refused(self):
        self.assert_error(self.wnet().ask(f"add@{fresh_name()}"))

    def test_an_arduino_s_handshake(self):
        client = self.wnet(
            "Sec-WebSocket-Protocol: arduino",
            cookie("ann", "secret"),
            "User-Agent: arduino-WebSocket-Client",
        )
        self.assertEqual((client.status, client.headers["connection"]), (101, "upgrade"))
        self.assertEqual(client.ask(f"add@{fresh_name()}"), ADDED)

    def test_a_python_client_s_handshake(self):
        client = self.wnet("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")
        self.assertEqual(client.status, 101)
        self.assertNotIn("sec-websocket-extensions", client.headers)

    def test_pings_are_answered(self):
        client = self.wnet()
        client.frame(PING, b"still there?")
        self.assertEqual(client.next_frame(), (PONG, True, b"still there?"))


if __name__ == "__main__":
    unittest.main()

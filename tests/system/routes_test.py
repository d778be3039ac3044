"""Which routes a message reaches, and which routes the hub takes at all."""

import unittest

import grpc
from harness.case import HubCase
from harness.words import command, pattern
from chathub.v1 import handlers_pb2, handlers_pb2_grpc, problem_pb2


class CommandTest(HubCase):
    def setUp(self):
        super().setUp()
        self.chat = self.adapter()

    def test_a_command_word_is_the_first_word_in_any_case(self):
        echo = self.handler("echo")
        for text in ["Echo one", "echoes two", "an echo three", "ECHO"]:
            self.chat.hear(text)
        echo.wait_delivery("ECHO")
        texts = [delivery.text for delivery in echo.all("delivery")]
        self.assertEqual(texts, ["Echo one", "ECHO"])

    def test_a_command_captures_the_whole_rest_however_long(self):
        echo = self.handler("echo")
        rest = "a" * 20_000
        self.chat.hear(f"echo {rest}")
        self.assertEqual(echo.wait_delivery().captures["rest"], rest)

    def test_typed_arguments_arrive_by_name(self):
        number = {"name": "count", "type": handlers_pb2.ARGUMENT_TYPE_INTEGER, "required": True}
        loud = {"name": "loud", "type": handlers_pb2.ARGUMENT_TYPE_BOOLEAN, "option": True}
        words = {"name": "words", "type": handlers_pb2.ARGUMENT_TYPE_REST}
        repeat = self.handler("repeat", command("repeat", arguments=[number, loud, words]))
        self.chat.hear("repeat --loud 3 hip hip hurray")
        captures = repeat.wait_delivery().captures
        self.assertEqual(captures["count"], "3")
        self.assertEqual(captures["loud"], "true")
        self.assertEqual(captures["words"], "hip hip hurray")

    def test_wrong_arguments_reach_nobody_and_the_user_hears_the_usage(self):
        number = {"name": "count", "type": handlers_pb2.ARGUMENT_TYPE_INTEGER, "required": True}
        usage = {"usage": "repeat COUNT", "description": "Repeats."}
        repeat = self.handler("repeat", command("repeat", arguments=[number], help=usage))
        self.chat.hear("repeat often, they say")
        seq = self.chat.hear("!repeat often")
        self.chat.wait("order")
        self.chat.settle(seq)
        # Once: to him who spoke to the bot, and not to those who speak to each other.
        self.assertEqual(len(self.chat.texts()), 1)
        self.assertIn("repeat COUNT", self.chat.texts()[0])
        self.assertEqual(repeat.all("delivery"), [])


class PatternTest(HubCase):
    def setUp(self):
        super().setUp()
        self.chat = self.adapter()

    def test_named_captures_are_written_in_two_ways(self):
        one = self.handler("one", pattern(r"^hi (?P<name>\w+)"))
        two = self.handler("two", pattern(r"^hi (?<name>\w+)(!?)"))
        self.chat.hear("hi Ada!")
        self.assertEqual(one.wait_delivery().captures["name"], "Ada")
        delivery = two.wait_delivery()
        self.assertEqual(delivery.captures["name"], "Ada")
        self.assertEqual(list(delivery.groups), ["hi Ada!", "Ada", "!"])

    def test_a_pattern_sees_the_first_8_kib_and_the_delivery_says_so(self):
        handler = self.handler("far", pattern("near"), pattern("far", "far"))
        self.chat.hear("near " + "é" * 5000 + " far")
        delivery = handler.wait_delivery()
        self.assertEqual(delivery.route, "pattern")
        self.assertTrue(delivery.match_truncated)
        self.chat.hear("near the end")
        self.assertFalse(handler.wait_delivery("near the end").match_truncated)
        self.assertEqual(len(handler.all("delivery")), 2)

    def test_a_slow_pattern_of_other_engines_is_fast_here(self):
        self.echo()
        self.handler("hostile", pattern("^(a*)*b"))
        self.chat.hear("a" * 10_000)
        self.assert_walks(self.chat, "still quick")

    def test_an_exclusive_route_takes_the_message_for_itself(self):
        exclusive = handlers_pb2.PRECEDENCE_EXCLUSIVE
        mine = self.handler("mine", pattern("^secret", precedence=exclusive))
        other = self.handler("other", pattern("."))
        self.chat.hear("secret word")
        self.chat.hear("open word")
        other.wait_delivery("open word")
        mine.wait_delivery("secret word")
        self.assertEqual(len(other.all("delivery")), 1)

    def test_a_fallback_route_gets_what_nobody_else_wants(self):
        last = self.handler("last", pattern(".", precedence=handlers_pb2.PRECEDENCE_FALLBACK))
        echo = self.handler("echo")
        self.chat.hear("echo one")
        self.chat.hear("something else")
        last.wait_delivery("something else")
        echo.wait_delivery("echo one")
        self.assertEqual(len(last.all("delivery")), 1)

    def test_a_route_for_a_group_is_closed_to_everybody_else(self):
        ops = self.handler("ops", command("deploy", required_groups=["ops"]))
        self.echo()
        self.chat.hear("deploy now")
        self.assert_walks(self.chat, "a barrier")
        self.assertEqual(ops.all("delivery"), [])


class RefusedRoutesTest(HubCase):
    """What is wrong with a route is said in the status that ends the stream."""

    def refuse(self, code, *routes, name="wrong", **options):
        handler = self.handler(name, *routes, attach=False, **options)
        handler.item(hello=handler.hello())
        return self.assert_ends(handler.stream, code)

    def test_a_wrong_pattern_is_refused_with_the_place(self):
        good, bad = pattern("fine", "good"), pattern("hi (there", "bad")
        problem = self.refuse(grpc.StatusCode.INVALID_ARGUMENT, good, bad)
        self.assertEqual(problem.reason, problem_pb2.REASON_BAD_ROUTE)
        self.assertIn("bad", problem.detail)
        self.assertRegex(problem.detail, r"\b3\b")

    def test_a_pattern_over_the_memory_budget_is_refused(self):
        giant = pattern("((a{100}){100}){100}", "giant")
        problem = self.refuse(grpc.StatusCode.INVALID_ARGUMENT, giant)
        self.assertEqual(problem.reason, problem_pb2.REASON_BAD_ROUTE)
        self.assertIn("giant", problem.detail)

    def test_a_pattern_longer_than_any_sense_is_refused(self):
        problem = self.refuse(grpc.StatusCode.INVALID_ARGUMENT, pattern("a" * 65_536, "long"))
        self.assertIn("long", problem.detail)

    def test_two_routes_with_one_id_are_refused(self):
        same = [pattern("a", "same"), pattern("b", "same")]
        problem = self.refuse(grpc.StatusCode.INVALID_ARGUMENT, *same)
        self.assertIn("same", problem.detail)

    def test_a_route_that_waits_for_nothing_is_refused(self):
        self.refuse(grpc.StatusCode.INVALID_ARGUMENT, handlers_pb2.Route(id="empty"))

    def test_route_ids_and_command_words_have_their_letters(self):
        self.refuse(grpc.StatusCode.INVALID_ARGUMENT, pattern("a", "../../etc"))
        self.refuse(grpc.StatusCode.INVALID_ARGUMENT, command("two words", "two"))
        self.refuse(grpc.StatusCode.INVALID_ARGUMENT, command("", "none"))

    def test_an_unknown_kind_of_event_or_precedence_is_refused(self):
        self.refuse(grpc.StatusCode.INVALID_ARGUMENT, handlers_pb2.Route(id="new", event=99))
        self.refuse(grpc.StatusCode.INVALID_ARGUMENT, pattern("a", "new", precedence=99))

    def test_an_exclusive_collision_is_refused_and_names_whom(self):
        exclusive = handlers_pb2.PRECEDENCE_EXCLUSIVE
        self.handler("first", command("deploy", "one", precedence=exclusive))
        problem = self.refuse(grpc.StatusCode.ALREADY_EXISTS, command("Deploy", "two"))
        self.assertEqual(problem.reason, problem_pb2.REASON_NAME_TAKEN)
        self.assertIn("first", problem.detail)
        self.assertIn("deploy", problem.detail.lower())

    def test_who_wants_a_taken_route_exclusively_is_refused(self):
        self.handler("first", pattern("^ship it"))
        late = pattern("^ship it", precedence=handlers_pb2.PRECEDENCE_EXCLUSIVE)
        problem = self.refuse(grpc.StatusCode.ALREADY_EXISTS, late)
        self.assertIn("first", problem.detail)

    def test_another_collision_is_reported_and_both_get_the_message(self):
        adapter = self.adapter()
        first = self.handler("first", command("deploy", "one"))
        second = self.handler("second", command("DEPLOY", "two"))
        self.assertEqual(list(first.hello_ok.collisions), [])
        (collision,) = second.hello_ok.collisions
        self.assertEqual(collision.route, "two")
        self.assertEqual((collision.other_handler, collision.other_route), ("first", "one"))
        adapter.hear("deploy")
        first.wait_delivery()
        second.wait_delivery()


class RevisionTest(HubCase):
    """Which set of routes is in charge when instances disagree."""

    def setUp(self):
        super().setUp()
        self.chat = self.adapter()

    def test_the_highest_attached_revision_is_in_charge(self):
        old = self.handler("bot", command("old"), revision=1)
        self.chat.hear("old one")
        held = old.wait_delivery("old one")
        new = self.handler("bot", command("new"), revision=2)
        # The other room, for this conversation stays with him who holds a part of it.
        self.chat.hear("old two", room="attic")
        self.chat.hear("new one", room="attic")
        new.wait_delivery("new one")
        old.finish(held, "the old one finishes")
        self.assertEqual(old.wait_outcome(held), "OK")
        self.chat.wait_text("the old one finishes")
        self.assertEqual(len(old.all("delivery")), 1)
        self.assertEqual(len(new.all("delivery")), 1)

    def test_a_lower_revision_may_attach_but_changes_nothing(self):
        new = self.handler("bot", command("new"), revision=2)
        old = self.handler("bot", command("old"), revision=1)
        self.chat.hear("old one")
        self.chat.hear("new one")
        new.wait_delivery("new one")
        self.assertEqual(len(new.all("delivery")), 1)
        self.assertEqual(old.all("delivery"), [])

    def test_the_same_revision_with_other_routes_is_refused_while_it_is_attached(self):
        self.handler("bot", command("one"))
        other = self.handler("bot", command("two"), attach=False)
        other.item(hello=other.hello())
        self.assert_ends(other.stream, grpc.StatusCode.ALREADY_EXISTS)

    def test_the_same_revision_with_other_routes_replaces_those_of_one_who_left(self):
        first = self.handler("bot", command("one"))
        first.depart()
        second = self.handler("bot", command("two"))
        self.chat.hear("one")
        self.chat.hear("two")
        second.wait_delivery("two")
        self.assertEqual(len(second.all("delivery")), 1)

    def test_sets_are_the_same_in_any_order_and_with_defaults_filled_in(self):
        self.handler("bot", command("one"), command("two"))
        two = command("two", max_age=60, linger=60, deadline=30, maximum_attempts=3)
        self.handler("bot", two, command("one"))


class ListRoutesTest(HubCase):
    """What a help handler shows."""

    def list_routes(self, **request):
        stub = handlers_pb2_grpc.HandlersStub(self.channel())
        answer = stub.ListRoutes(
            handlers_pb2.ListRoutesRequest(**request),
            metadata=self.owner("handler/help"),
            timeout=20,
        )
        return {(each.handler, each.route.id): each for each in answer.routes}

    def test_every_route_is_listed_with_its_help_as_registered(self):
        help_text = {"usage": "roll NdM", "description": "Rolls dice."}
        self.handler("roll", command("roll", help=help_text))
        self.handler("hi", pattern(r"^hi (?<name>\w+)", "hi"))
        routes = self.list_routes()
        self.assertEqual(set(routes), {("roll", "roll"), ("hi", "hi")})
        self.assertEqual(routes["roll", "roll"].route.help.usage, "roll NdM")
        self.assertEqual(routes["hi", "hi"].route.pattern, r"^hi (?<name>\w+)")
        self.assertTrue(routes["hi", "hi"].attached)

    def test_a_search_looks_into_help_and_trigger_in_any_case(self):
        self.handler("roll", command("roll", help={"description": "Rolls DICE."}))
        self.handler("hi", pattern("^hi there", "hi"))
        self.assertEqual(set(self.list_routes(search="dice")), {("roll", "roll")})
        self.assertEqual(set(self.list_routes(search="THERE")), {("hi", "hi")})
        self.assertEqual(self.list_routes(search="nowhere"), {})

    def test_a_route_for_a_group_is_not_shown_to_others(self):
        self.handler("ops", command("deploy", required_groups=["ops"]), command("status"))
        self.assertEqual(set(self.list_routes()), {("ops", "status")})
        user = {"id": "shell/ada", "name": "ada"}
        self.assertEqual(set(self.list_routes(user=user)), {("ops", "status")})

    def test_the_routes_of_one_who_is_gone_stay_listed_as_not_attached(self):
        handler = self.handler("roll")
        handler.depart()
        self.assertFalse(self.list_routes()["roll", "roll"].attached)


if __name__ == "__main__":
    unittest.main()

"""What a token allows, and that it allows nothing else."""

import threading
import time
import unittest

import grpc
from harness.case import HubCase
from harness.handler import ScriptedHandler
from harness.stream import metadata_of
from harness.waiting import wait_until
from harness.words import command, pattern, private_talk, room_talk
from chathub.v1 import adapters_pb2, admin_pb2, admin_pb2_grpc, chat_pb2, chat_pb2_grpc
from chathub.v1 import handlers_pb2, handlers_pb2_grpc, message_pb2, store_pb2, store_pb2_grpc
from oco import core_pb2, robot_pb2, robot_pb2_grpc

DENIED = grpc.StatusCode.PERMISSION_DENIED
UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED


class RightsCase(HubCase):
    def token(self, peer, *rights, **options):
        """A new token of this peer."""
        arguments = [part for right in rights for part in ("--right", right)]
        if "valid_for" in options:
            arguments += ["--valid-for", options["valid_for"]]
        (added,) = self.hub.command("token", "add", peer, *arguments)
        return added["token"]

    def guest(self, token, name, *routes):
        """A handler that comes with a token; it has not said hello."""
        handler = ScriptedHandler(self.hub.target, token, name, routes)
        self.addCleanup(handler.drop)
        return handler

    def wait_audit(self, *words):
        def found():
            lines = [line for line in self.hub.log().splitlines() if "audit: denied" in line]
            return any(all(word in line for word in words) for line in lines)

        wait_until(found, f"the audit line with {words}")

    def send(self, token, conversation, text="psst"):
        stub = chat_pb2_grpc.ChatStub(self.channel())
        content = message_pb2.Content(text=text)
        request = chat_pb2.SendMessageRequest(conversation=conversation, content=content)
        return stub.SendMessage(request, metadata=metadata_of(token), timeout=20)

    def assert_send_fails(self, token, conversation):
        problem = self.assert_fails(DENIED, lambda timeout: self.send(token, conversation))
        self.assertNotIn(token, problem.detail)
        return problem


class TokensTest(RightsCase):
    def test_a_handler_works_with_a_token_that_has_no_rights_at_all(self):
        adapter = self.adapter()
        handler = self.guest(self.token("handler/karma"), "karma", command("karma", addressed_only=True))
        handler.attach()
        adapter.hear("!karma ada")
        handler.finish(handler.wait_delivery(), "3")
        adapter.wait_text("3")

    def test_a_token_is_for_its_own_name_alone(self):
        token = self.token("handler/karma", "listen")
        thief = self.guest(token, "echo", command("echo"))
        # What the call's metadata says is refused first.
        self.assert_ends(thief.stream, DENIED)
        self.wait_audit("who=handler/karma", "handler/echo")
        routes = handlers_pb2_grpc.HandlersStub(self.channel())
        for peer in (None, "handler/karma"):
            self.assert_fails(
                DENIED,
                routes.RegisterRoutes,
                handlers_pb2.RegisterRoutesRequest(name="echo"),
                metadata=metadata_of(token, peer),
            )
        listen = robot_pb2_grpc.RobotStub(self.channel()).Listen
        self.assert_fails(
            DENIED,
            lambda *a, **o: list(listen(*a, **o)),
            robot_pb2.ListenRequest(plugin_id="echo"),
            metadata=metadata_of(token),
        )

    def test_a_handlers_token_does_not_make_an_adapter(self):
        token = self.token("handler/shell", "admin", "listen", "send:*")
        stream = self.raw_stream("/chathub.v1.Adapters/Attach", metadata_of(token))
        hello = adapters_pb2.AdapterHello(name="shell", epoch="e", incarnation="i")
        frame = adapters_pb2.AdaptersAttachRequest(items=[adapters_pb2.AdapterItem(hello=hello)])
        stream.send(frame.SerializeToString())
        self.assert_ends(stream, DENIED)

    def test_a_revoked_token_ends_what_came_in_with_it_and_nothing_else(self):
        one = self.guest(self.token("handler/one", "listen"), "one", command("one"))
        two = self.guest(self.token("handler/two", "listen"), "two", command("two"))
        one.attach()
        two.attach()
        self.hub.command("token", "revoke", "handler/one")
        self.assert_ends(one.stream, UNAUTHENTICATED)
        self.assertFalse(two.stream.ended())
        self.assertEqual([each["peer"] for each in self.hub.command("token", "list")], ["handler/two"])

    def test_a_token_expires_and_takes_its_streams_along(self):
        token = self.token("handler/brief", "listen", valid_for="2s")
        handler = self.guest(token, "brief", command("brief"))
        handler.attach()
        self.assert_ends(handler.stream, UNAUTHENTICATED)
        late = self.guest(token, "brief", command("brief"))
        self.assertIn("expired", self.assert_ends(late.stream, UNAUTHENTICATED).detail)

    def test_tokens_outlive_a_crash_and_a_third_is_refused(self):
        token = self.token("handler/karma", "listen")
        self.token("handler/karma")
        self.hub.kill()
        self.hub.start()
        handler = self.guest(token, "karma", command("karma"))
        handler.attach()
        with self.assertRaisesRegex(AssertionError, "revoke one first"):
            self.token("handler/karma")

    def test_guessing_is_slowed_and_nobody_else_is(self):
        token = self.token("client/ci", "admin")
        stub = admin_pb2_grpc.AdminStub(self.channel())
        request = admin_pb2.GetStatusRequest()
        guess = metadata_of("f" * 64)
        for _ in range(5):
            self.assert_fails(UNAUTHENTICATED, stub.GetStatus, request, metadata=guess)
        asked = time.monotonic()
        slowed = threading.Event()

        def guess_again():
            with self.assertRaises(grpc.RpcError) as caught:
                stub.GetStatus(request, metadata=guess, timeout=20)
            self.problem = caught.exception
            slowed.set()

        threading.Thread(target=guess_again, daemon=True).start()
        stub.GetStatus(request, metadata=metadata_of(token), timeout=20)
        self.assertFalse(slowed.is_set(), "the guess was answered first")
        self.assertTrue(slowed.wait(20))
        self.assertGreater(time.monotonic() - asked, 0.9)
        self.assertEqual(self.problem.code(), UNAUTHENTICATED)
        wait_until(lambda: "audit: slowed" in self.hub.log(), "the line of the audit")


class MayTest(RightsCase):
    def test_a_handler_speaks_where_it_was_spoken_to_or_may(self):
        adapter = self.adapter()
        token = self.token("handler/news", "send:shell/lab")
        handler = self.guest(token, "news", command("news", addressed_only=True))
        handler.attach()
        self.send(token, room_talk("lab"), "to the lab")
        adapter.wait_text("to the lab")
        self.assert_send_fails(token, room_talk("attic"))
        self.wait_audit("who=handler/news", "shell/attic")
        self.assertIn("private", self.assert_send_fails(token, private_talk("ada")).detail)
        adapter.hear("!news", room="attic")
        handler.wait_delivery()
        self.send(token, room_talk("attic"), "to the attic")
        adapter.wait_text("to the attic")

    def test_a_plugin_of_openchatops_answers_and_says_nothing_unasked(self):
        adapter = self.adapter()
        token = self.token("handler/oracle")
        register = handlers_pb2_grpc.HandlersStub(self.channel()).RegisterRoutes
        routes = [pattern("^ask", addressed_only=True)]
        request = handlers_pb2.RegisterRoutesRequest(name="oracle", routes=routes)
        register(request, metadata=metadata_of(token), timeout=20)
        robot = robot_pb2_grpc.RobotStub(self.channel())
        source = core_pb2.Source(room=core_pb2.Room(id="lab"))
        message = core_pb2.Message(body="unasked", source=source)
        for call, each in (
            (robot.SendMessages, robot_pb2.SendMessagesRequest(messages=[message])),
            (robot.Join, robot_pb2.JoinRequest(room=source.room)),
            (robot.Part, robot_pb2.PartRequest(room=source.room)),
        ):
            self.assert_fails(DENIED, call, each, metadata=metadata_of(token))
        plugin = self.oco_plugin("oracle", token=token, answer="maybe")
        # It listens once it is a peer.
        wait_until(lambda: "handler/oracle" in [p["name"] for p in self.hub.command("peers")], "it")
        adapter.hear("!ask heaven", room="lab")
        plugin.wait("event")
        adapter.wait_text("maybe")

    def test_a_route_needs_its_right_and_the_refusal_names_it(self):
        token = self.token("handler/spy")
        spy = self.guest(token, "spy", command("fine", addressed_only=True), pattern(".*", "all"))
        spy.item(hello=spy.hello())
        problem = self.assert_ends(spy.stream, DENIED)
        self.assertIn("'all'", problem.detail)
        self.assertIn("'listen'", problem.detail)
        self.wait_audit("who=handler/spy", "'all'")

    def test_admin_and_reflection_need_their_right(self):
        token = self.token("handler/karma", "users", "listen", "exclusive", "private", "send:*")
        admin = admin_pb2_grpc.AdminStub(self.channel())
        for call, request in (
            (admin.GetStatus, admin_pb2.GetStatusRequest()),
            (admin.AddToken, admin_pb2.AddTokenRequest(peer="handler/karma", rights=["admin"])),
            (admin.ListTokens, admin_pb2.ListTokensRequest()),
            (admin.AddToGroup, admin_pb2.AddToGroupRequest(group="ops", user="shell/ada")),
        ):
            problem = self.assert_fails(DENIED, call, request, metadata=metadata_of(token))
            self.assertIn("admin", problem.detail)
        method = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
        stream = self.raw_stream(method, metadata_of(token))
        self.assertEqual(stream.wait_end(), grpc.StatusCode.PERMISSION_DENIED)
        self.wait_audit("who=handler/karma", "grpc.reflection")

    def test_each_plugin_sees_its_own_store(self):
        mine, other = self.token("handler/mine"), self.token("handler/other")
        store = store_pb2_grpc.StoreStub(self.channel())
        put = store_pb2.StorePutRequest(key="diary", value=b"dear diary")
        store.Put(put, metadata=metadata_of(mine), timeout=20)
        get = store_pb2.StoreGetRequest(key="diary")
        self.assertFalse(store.Get(get, metadata=metadata_of(other), timeout=20).HasField("entry"))
        self.assert_fails(DENIED, store.Get, get, metadata=metadata_of(other, "handler/mine"))
        self.assertTrue(store.Get(get, metadata=metadata_of(mine), timeout=20).HasField("entry"))


class GroupsTest(RightsCase):
    def say(self, adapter, user, authenticated=True):
        adapter.happen(
            message_pb2.Event(
                conversation=room_talk("lab"),
                user=message_pb2.User(id=f"shell/{user}", authenticated=authenticated),
                message=message_pb2.ChatMessage(content=message_pb2.Content(text="deploy web")),
            )
        )

    def test_a_group_opens_a_route_for_who_is_in_it(self):
        adapter = self.adapter()
        self.handler(
            "deploy",
            command("deploy", required_groups=["ops"]),
            answers=lambda delivery: "by " + delivery.event.user.id,
        )
        self.say(adapter, "mallory")
        adapter.wait_text("you may not use deploy here")
        self.wait_audit("who=shell/mallory", "deploy")
        self.hub.command("group", "add", "ops", "shell/ada")
        (why,) = self.hub.command("why", "deploy web", "--user", "shell/mallory", "--room", "shell/lab")
        self.assertFalse(why["verdicts"][0]["reached"])
        self.assertIn("ops", why["verdicts"][0]["why"])
        (why,) = self.hub.command("why", "deploy web", "--user", "shell/ada", "--room", "shell/lab")
        self.assertTrue(why["verdicts"][0]["reached"])
        self.hub.kill()
        self.hub.start()
        adapter = self.adapter()
        self.handler(
            "deploy",
            command("deploy", required_groups=["ops"]),
            answers=lambda delivery: "by " + delivery.event.user.id,
        )
        self.say(adapter, "ada", authenticated=False)
        self.say(adapter, "ada")
        adapter.wait_text("by shell/ada")
        self.assertEqual(adapter.texts().count("by shell/ada"), 1)
        (group,) = self.hub.command("group", "list")
        self.assertEqual(group["users"], ["shell/ada"])


class SecretsTest(RightsCase):
    def test_no_secret_is_seen_anywhere(self):
        secrets = [self.hub.token, self.token("handler/karma"), self.token("handler/karma")]
        wrong = "c0ffee" * 10 + "beef"
        token = secrets[1]
        said = []
        for metadata in (
            metadata_of(wrong),
            [("authorization", wrong)],
            metadata_of(token, "handler/echo"),
            metadata_of(token, token),
        ):
            for method in ("/chathub.v1.Handlers/Attach", "/chathub.v1.Adapters/Attach"):
                stream = self.raw_stream(method, metadata)
                stream.send(b"")
                stream.half_close()
                stream.wait_end()
                said.append(stream.details() or "")
        self.assert_send_fails(token, room_talk("lab"))
        for arguments in (["token", "list"], ["status"], ["peers"], ["routes"], ["group", "list"]):
            said.append(str(self.hub.command(*arguments)))
        self.hub.command("token", "revoke", "handler/karma")
        with open(f"/proc/{self.hub.pid}/cmdline") as command_line:
            said.append(command_line.read())
        said.append(self.hub.log())
        for file in self.hub.data.iterdir():
            if file.is_file() and file.name != "owner-token":
                said.append(file.read_bytes().decode(errors="replace"))
        for secret in (*secrets, wrong):
            for text in said:
                self.assertNotIn(secret, text)


if __name__ == "__main__":
    unittest.main()

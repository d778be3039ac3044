"""Nobody gets in without a credential, and nobody is told by it who he is not."""

import stat
import unittest

import grpc
from harness.case import HubCase
from harness.handler import ScriptedHandler
from harness.stream import metadata_of
from chathub.v1 import admin_pb2, admin_pb2_grpc, chat_pb2, chat_pb2_grpc
from chathub.v1 import handlers_pb2, handlers_pb2_grpc, problem_pb2
from oco import robot_pb2, robot_pb2_grpc

UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED
DENIED = (grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.INVALID_ARGUMENT)
WRONG = {
    "none": [],
    "empty": [("authorization", "")],
    "no token": [("authorization", "Bearer ")],
    "wrong token": metadata_of("0" * 64),
    "short token": metadata_of("0"),
    "long token": metadata_of("0" * 4000),
    "another scheme": [("authorization", "Basic Zm9vOmJhcg==")],
    "two": [*metadata_of("0" * 64), *metadata_of("1" * 64)],
}


class CredentialsTest(HubCase):
    def test_no_stream_opens_without_one(self):
        for what, metadata in WRONG.items():
            for method in ("/chathub.v1.Adapters/Attach", "/chathub.v1.Handlers/Attach"):
                with self.subTest(what, method=method):
                    stream = self.raw_stream(method, metadata)
                    problem = self.assert_ends(stream, UNAUTHENTICATED)
                    self.assertEqual(problem.reason, problem_pb2.REASON_NOT_ALLOWED)
                    self.assertNotEqual(problem.detail, "")

    def test_no_call_is_answered_without_one(self):
        channel = self.channel()
        robot = robot_pb2_grpc.RobotStub(channel)
        calls = {
            "chat": (chat_pb2_grpc.ChatStub(channel).SendMessage, chat_pb2.SendMessageRequest()),
            "routes": (
                handlers_pb2_grpc.HandlersStub(channel).ListRoutes,
                handlers_pb2.ListRoutesRequest(),
            ),
            "register": (
                handlers_pb2_grpc.HandlersStub(channel).RegisterRoutes,
                handlers_pb2.RegisterRoutesRequest(),
            ),
            "admin": (admin_pb2_grpc.AdminStub(channel).GetStatus, admin_pb2.GetStatusRequest()),
            "join": (robot.Join, robot_pb2.JoinRequest()),
            "send": (robot.SendMessages, robot_pb2.SendMessagesRequest()),
            "listen": (
                lambda *a, **o: list(robot.Listen(*a, **o)),
                robot_pb2.ListenRequest(plugin_id="spy"),
            ),
        }
        for name, (call, request) in calls.items():
            for what in ("none", "wrong token"):
                with self.subTest(name, what=what):
                    problem = self.assert_fails(
                        UNAUTHENTICATED, call, request, metadata=WRONG[what]
                    )
                    self.assertEqual(problem.reason, problem_pb2.REASON_NOT_ALLOWED)

    def test_who_is_refused_disturbs_nobody(self):
        adapter = self.adapter()
        self.echo()
        for metadata in WRONG.values():
            self.raw_stream("/chathub.v1.Handlers/Attach", metadata).wait_end()
        self.assert_walks(adapter, "undisturbed")

    def test_a_hello_under_another_name_than_the_call_is_refused(self):
        handler = ScriptedHandler(self.hub.target, self.hub.token, "honest", [])
        self.addCleanup(handler.drop)
        handler.item(hello=handlers_pb2.HandlerHello(name="somebody"))
        self.assert_ends(handler.stream, *DENIED)

    def test_a_call_in_a_name_that_is_none_is_refused(self):
        stub = handlers_pb2_grpc.HandlersStub(self.channel())
        request = handlers_pb2.ListRoutesRequest()
        for peer in ("nonsense", "handler/", "handler/../x", "king/arthur"):
            with self.subTest(peer):
                self.assert_denied(stub.ListRoutes, request, peer)

    def test_routes_are_registered_in_ones_own_name_only(self):
        stub = handlers_pb2_grpc.HandlersStub(self.channel())
        request = handlers_pb2.RegisterRoutesRequest(name="somebody")
        self.assert_denied(stub.RegisterRoutes, request, "handler/me")

    def assert_denied(self, call, request, peer):
        with self.assertRaises(grpc.RpcError) as caught:
            call(request, metadata=self.owner(peer), timeout=20)
        self.assertIn(caught.exception.code(), DENIED)

    def test_what_the_hub_leaves_in_its_folder_is_for_the_owner_alone(self):
        def mode(name):
            return stat.S_IMODE((self.hub.data / name).stat().st_mode)

        self.assertEqual(stat.S_IMODE(self.hub.data.stat().st_mode), 0o700)
        self.assertEqual(mode("owner-token"), 0o600)
        self.assertRegex((self.hub.data / "owner-token").read_text(), r"\A[0-9a-f]{64}\n\Z")

    def test_the_credential_is_neither_logged_nor_in_the_process_list(self):
        self.adapter()
        self.raw_stream("/chathub.v1.Handlers/Attach", WRONG["wrong token"]).wait_end()
        with open(f"/proc/{self.hub.pid}/cmdline") as command_line:
            self.assertNotIn(self.hub.token, command_line.read())
        self.assertNotIn(self.hub.token, self.hub.log())
        self.assertNotIn("0" * 64, self.hub.log())

    def test_both_addresses_serve(self):
        self.assertTrue(self.hub.targets[0].startswith("unix:"))
        self.assertRegex(self.hub.targets[1], r"^127\.0\.0\.1:\d+$")
        for target in self.hub.targets:
            stub = handlers_pb2_grpc.HandlersStub(self.channel(target))
            metadata = self.owner("handler/help")
            stub.ListRoutes(handlers_pb2.ListRoutesRequest(), metadata=metadata, timeout=20)


if __name__ == "__main__":
    unittest.main()

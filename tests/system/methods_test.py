"""Every method is served; what is none, and what is no question, gets a clear status."""

import signal
import threading
import unittest

import grpc
from harness.case import HubCase
from harness.problems import problem_of
from chathub.v1 import adapters_pb2, admin_pb2, chat_pb2, handlers_pb2, problem_pb2, rooms_pb2
from chathub.v1 import store_pb2, users_pb2
from oco import robot_pb2

FILES = (adapters_pb2, admin_pb2, chat_pb2, handlers_pb2, rooms_pb2, store_pb2, users_pb2, robot_pb2)
GARBAGE = b"\xff\xff\xff\xff garbage"
KEY = b"\x0a\x01a"  # StoreGetRequest{key: "a"}
GET = "/chathub.v1.Store/Get"
WATCH = "/chathub.v1.Store/Watch"
OPEN = (  # Their stubs are not everywhere installed.
    "/grpc.health.v1.Health/Check",
    "/grpc.health.v1.Health/Watch",
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
)


def every_method():
    yield from OPEN
    for file in FILES:
        for service in file.DESCRIPTOR.services_by_name.values():
            for method in service.methods:
                yield f"/{service.full_name}/{method.name}"


class MethodsTest(HubCase):
    def setUp(self):
        super().setUp()
        self.calls = self.channel()

    def ask(self, path, *questions):
        """All answers of a method of whatever kind."""
        call = self.calls.stream_stream(path)
        return list(call(iter(questions), metadata=self.owner(), timeout=20))

    def assert_refused(self, code, path, *questions):
        """Returns the error; the hub is well."""
        with self.assertRaises(grpc.RpcError, msg=path) as caught:
            self.ask(path, *questions)
        self.assertEqual(caught.exception.code(), code, path)
        self.assertEqual(self.ask(GET, KEY), [b""])
        return caught.exception

    def assert_bad_frame(self, path, *questions):
        error = self.assert_refused(grpc.StatusCode.INVALID_ARGUMENT, path, *questions)
        self.assertEqual(problem_of(error).reason, problem_pb2.REASON_BAD_FRAME, path)

    def test_every_method_refuses_garbage_and_so_is_served(self):
        methods = list(every_method())
        self.assertGreater(len(methods), 50)
        for path in methods:
            self.assert_bad_frame(path, GARBAGE)

    def test_what_is_no_method_is_said_to_be_none(self):
        for path in ("/chathub.v1.Store/Nothing", "/nothing/Get", "/chathub.v1.Store/Get/"):
            error = self.assert_refused(grpc.StatusCode.UNIMPLEMENTED, path, KEY)
            self.assertIn(f"'{path}'", error.details())

    def test_a_call_without_a_question(self):
        for path in (GET, WATCH):
            self.assert_bad_frame(path)

    def test_a_question_larger_than_a_mebibyte(self):
        key = b"\x0a\x80\x80\x80\x01" + b"x" * 2**21
        for path in (GET, WATCH):
            self.assert_refused(grpc.StatusCode.RESOURCE_EXHAUSTED, path, key)

    def test_only_the_first_question_is_answered(self):
        self.assertEqual(self.ask(GET, KEY, GARBAGE), [b""])

    def test_who_may_not_come_is_told_no_more_of_its_question(self):
        for path in (GET, WATCH):
            call = self.calls.unary_stream(path)
            with self.assertRaises(grpc.RpcError) as caught:
                list(call(GARBAGE, timeout=20))
            self.assertEqual(caught.exception.code(), grpc.StatusCode.UNAUTHENTICATED)
            self.assertEqual(problem_of(caught.exception).reason, problem_pb2.REASON_NOT_ALLOWED)

    def test_calls_that_never_ask_hold_up_neither_others_nor_the_end(self):
        never = threading.Event()
        self.addCleanup(never.set)

        def silence():
            never.wait()
            yield from ()

        # As many as one connection may have, but for one.
        silent = [
            self.calls.stream_stream((GET, WATCH)[number % 2])(silence(), metadata=self.owner())
            for number in range(99)
        ]
        self.assertEqual(self.ask(GET, KEY), [b""])
        self.hub.signal(signal.SIGTERM)
        self.assertEqual(self.hub.wait_end(20), 0)
        self.assertEqual({call.code() for call in silent}, {grpc.StatusCode.UNAVAILABLE})


if __name__ == "__main__":
    unittest.main()

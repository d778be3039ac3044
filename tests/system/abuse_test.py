"""Peers that talk nonsense get a clear status; two bystanders notice nothing of it."""

import socket
import unittest

import grpc
from harness.case import HubCase
from harness.words import command
from chathub.v1 import adapters_pb2, handlers_pb2, problem_pb2

ADAPTERS = "/chathub.v1.Adapters/Attach"
HANDLERS = "/chathub.v1.Handlers/Attach"
INVALID = grpc.StatusCode.INVALID_ARGUMENT
EXHAUSTED = grpc.StatusCode.RESOURCE_EXHAUSTED

KIB = 1024


class AbuseCase(HubCase):
    """With an adapter and a handler that must go on working through each abuse."""

    configuration = "[adapters.shell]\n[adapters.spare]\n"

    def setUp(self):
        super().setUp()
        self.chat = self.adapter()
        self.echo()
        self.assert_walks(self.chat, "before")

    def tearDown(self):
        self.assertTrue(self.hub.runs(), "the hub died of it")
        self.assert_walks(self.chat, "after")
        self.assertFalse(self.chat.stream.ended())
        super().tearDown()

    def assert_bad_frame(self, stream):
        problem = self.assert_ends(stream, INVALID)
        self.assertEqual(problem.reason, problem_pb2.REASON_BAD_FRAME)
        self.assertNotEqual(problem.detail, "")


class FrameTest(AbuseCase):
    def test_garbage_as_first_frame(self):
        for method in (ADAPTERS, HANDLERS):
            stream = self.raw_stream(method)
            stream.send(b"\xff\xff\xff\xff garbage")
            self.assert_bad_frame(stream)

    def test_garbage_after_a_good_hello(self):
        stream = self.raw_stream(HANDLERS)
        hello = handlers_pb2.HandlerHello(name="fine", routes=[command("fine")])
        item = handlers_pb2.HandlerItem(hello=hello)
        stream.send(handlers_pb2.HandlersAttachRequest(items=[item]).SerializeToString())
        stream.heard.wait()
        stream.send(b"\x0a\xff\xff\xff\xff\x0f")
        self.assert_bad_frame(stream)

    def test_a_string_that_is_not_utf_8(self):
        # A HandlersAttachRequest with one hello whose name is the byte FF.
        stream = self.raw_stream(HANDLERS)
        stream.send(b"\x0a\x05\x0a\x03\x0a\x01\xff")
        self.assert_bad_frame(stream)

    def test_fields_that_nobody_knows_are_passed_over(self):
        stream = self.raw_stream(HANDLERS)
        hello = handlers_pb2.HandlerHello(name="newer").SerializeToString() + b"\xf8\x3f\x01"
        item = b"\x0a" + bytes([len(hello)]) + hello
        stream.send(b"\x0a" + bytes([len(item)]) + item)
        answer = handlers_pb2.HandlersAttachResponse.FromString(stream.heard.wait())
        self.assertEqual(answer.items[0].WhichOneof("kind"), "hello_ok")

    def test_a_frame_larger_than_a_mebibyte(self):
        for method in (ADAPTERS, HANDLERS):
            stream = self.raw_stream(method)
            stream.send(b"\x0a" + b"\x80\x80\x80\x01" + b"\0" * 2048 * KIB)
            self.assertIn(stream.wait_end(), (EXHAUSTED, INVALID))

    def test_an_event_larger_than_256_kib(self):
        adapter = self.adapter("spare", attach=False)
        hello = adapters_pb2.AdapterItem(hello=adapter.hello())
        text = {"message": {"content": {"text": "a" * 300 * KIB}}}
        adapter.items(hello, adapters_pb2.AdapterItem(event={"seq": 1, "event": text}))
        problem = self.assert_ends(adapter.stream, INVALID, EXHAUSTED)
        self.assertEqual(problem.reason, problem_pb2.REASON_TOO_LARGE)

    def test_an_answer_larger_than_256_kib(self):
        handler = self.handler("big")
        self.chat.hear("big")
        delivery = handler.wait_delivery()
        handler.finish(delivery, "a" * 300 * KIB)
        problem = self.assert_ends(handler.stream, INVALID, EXHAUSTED)
        self.assertEqual(problem.reason, problem_pb2.REASON_TOO_LARGE)

    def test_large_items_within_the_limits_pass(self):
        rest = "b" * 250 * KIB
        self.assert_walks(self.chat, rest)

    def test_bytes_that_are_not_http_2(self):
        address = next(target for target in self.hub.targets if not target.startswith("unix:"))
        host, port = address.rsplit(":", 1)
        with socket.create_connection((host, int(port)), timeout=20) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: hub\r\n\r\n")
            while connection.recv(4096):
                pass  # Until the hub closes it.


class HelloTest(AbuseCase):
    def test_an_empty_hello(self):
        adapter = self.adapter("nobody", attach=False)
        adapter.item(hello=adapters_pb2.AdapterHello())
        self.assert_bad_frame(adapter.stream)
        handler = self.handler("nobody", attach=False)
        handler.item(hello=handlers_pb2.HandlerHello())
        self.assert_bad_frame(handler.stream)

    def test_a_name_that_is_none(self):
        for name in ("../etc", "a" * 65, ".hidden", "two words", "ümlaut", "a\n"):
            handler = self.handler("nobody", attach=False)
            handler.item(hello=handlers_pb2.HandlerHello(name=name))
            self.assert_bad_frame(handler.stream)

    def test_something_else_before_the_hello(self):
        handler = self.handler("early", attach=False)
        handler.item(finish=handlers_pb2.Finish(delivery="d", attempt=1))
        self.assert_bad_frame(handler.stream)
        adapter = self.adapter("early", attach=False)
        adapter.hear("echo too early")
        self.assert_bad_frame(adapter.stream)

    def test_a_first_item_that_is_nothing(self):
        handler = self.handler("empty", attach=False)
        handler.items(handlers_pb2.HandlerItem())
        self.assert_bad_frame(handler.stream)
        adapter = self.adapter("empty", attach=False)
        adapter.items(adapters_pb2.AdapterItem())
        self.assert_bad_frame(adapter.stream)

    def test_a_second_hello_of_a_handler(self):
        handler = self.handler("twice")
        handler.item(hello=handler.hello())
        self.assert_bad_frame(handler.stream)

    def test_a_second_hello_of_an_adapter_under_another_name(self):
        # The selected adapter goes for it, so it attaches anew for the walk afterwards.
        self.chat.item(hello=adapters_pb2.AdapterHello(name="other"))
        self.assert_bad_frame(self.chat.stream)
        self.chat = self.adapter()

    def test_an_adapter_that_the_hub_was_not_told_of(self):
        stranger = self.adapter("stranger", attach=False)
        stranger.item(hello=stranger.hello())
        code = stranger.stream.wait_end()
        self.assertIn(code, (grpc.StatusCode.NOT_FOUND, grpc.StatusCode.PERMISSION_DENIED))
        self.assertIn("stranger", stranger.stream.problem().detail)

    def test_enumerations_from_the_future_do_no_harm_to_an_adapter(self):
        self.chat.drop()
        capabilities = adapters_pb2.Capabilities(markup=77)
        self.chat = self.adapter(dedup=99, capabilities=capabilities)

    def test_a_stream_that_never_says_hello_is_closed(self):
        streams = [self.handler("mute", attach=False).stream, self.raw_stream(ADAPTERS)]
        for stream in streams:
            self.assert_bad_frame(stream)

    def test_a_stream_that_ends_before_it_began(self):
        handler = self.handler("shy", attach=False)
        handler.stream.half_close()
        handler.stream.wait_end()


class ItemTest(AbuseCase):
    """Nonsense from peers that are attached."""

    def test_a_frame_without_items_and_items_without_content(self):
        handler = self.handler("idle")
        handler.items()
        handler.items(handlers_pb2.HandlerItem())
        self.chat.hear("idle")
        # Passed over, or refused with a word: but never silence.
        try:
            handler.wait_delivery()
        except AssertionError:
            self.assert_bad_frame(handler.stream)

    def test_deliveries_that_do_not_exist(self):
        handler = self.handler("liar")
        ghost = handlers_pb2.Delivery(id="ghost", attempt=1)
        handler.say(ghost, "boo")
        handler.nack(ghost)
        handler.renew(ghost)
        handler.finish(ghost, "boo")
        self.assertEqual(handler.wait_outcome(ghost), "STALE")
        self.assertFalse(handler.stream.ended())
        self.assertNotIn("boo", self.chat.texts())

    def test_an_order_that_does_not_exist_is_done(self):
        self.chat.item(done={"key": "ghost"})
        self.chat.item(pong={"nonce": 12345})

    def test_an_action_that_only_chat_may_do_is_refused_in_a_finish(self):
        handler = self.handler("climber")
        self.chat.hear("climber")
        delivery = handler.wait_delivery()
        handler.finish(delivery, {"topic": {"topic": "mine"}})
        self.assertEqual(handler.wait_outcome(delivery), "REFUSED")
        handler.finish(delivery, "fine")
        self.assertEqual(handler.wait_outcome(delivery, count=2), "OK")
        self.chat.wait_text("fine")

    def test_an_action_without_content_is_refused_in_a_finish(self):
        handler = self.handler("empty")
        self.chat.hear("empty")
        delivery = handler.wait_delivery()
        handler.finish(delivery, {})
        self.assertEqual(handler.wait_outcome(delivery), "REFUSED")

    def test_an_event_that_says_nothing_is_no_work_for_anybody(self):
        spare = self.adapter("spare")
        seq = spare.happen({})
        # Passed over, or refused with a word: but never silence.
        try:
            spare.wait_accepted(seq)
        except AssertionError:
            self.assert_bad_frame(spare.stream)

    def test_an_event_from_another_adapters_rooms_is_not_believed(self):
        spy = self.handler("spy", command("spy"))
        spare = self.adapter("spare")
        talk = {"adapter": "shell", "room": "shell/ops"}
        message = {"content": {"text": "spy"}}
        event = {"conversation": talk, "user": {"id": "shell/boss"}, "message": message}
        spare.happen(event)
        self.assert_ends(spare.stream, INVALID, grpc.StatusCode.PERMISSION_DENIED)
        self.chat.hear("spy here")
        spy.wait_delivery("spy here")
        self.assertEqual(len(spy.all("delivery")), 1)

    def test_a_hundred_streams_that_say_nothing(self):
        streams = [self.raw_stream(HANDLERS) for _ in range(100)]
        self.assert_walks(self.chat, "in between")
        for stream in streams:
            stream.drop()

    def test_a_handler_that_comes_and_goes_all_the_time(self):
        for _ in range(50):
            self.handler("flicker").drop()

    def test_the_hub_says_nothing_secret_in_its_log(self):
        handler = self.handler("liar", attach=False)
        handler.item(hello=handlers_pb2.HandlerHello(name=self.hub.token))
        handler.stream.wait_end()
        self.assertNotIn(self.hub.token, self.hub.log())


if __name__ == "__main__":
    unittest.main()

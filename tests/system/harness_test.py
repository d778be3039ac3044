"""The harness itself: it hears everything, gives up in time and ends what it started."""

import socket
import threading
import unittest
from concurrent import futures

import grpc
from harness.adapter import ScriptedAdapter
from harness.handler import ScriptedHandler
from harness.irc_server import HeldPort
from harness.problems import problem_of
from harness.waiting import Log
from harness.words import command, texts_of
from chathub.internal import rpc_status_pb2
from chathub.v1 import adapters_pb2, adapters_pb2_grpc, handlers_pb2, handlers_pb2_grpc
from chathub.v1 import message_pb2, problem_pb2


class LogTest(unittest.TestCase):
    def test_a_waiter_is_woken_by_what_it_waits_for(self):
        log = Log()
        threading.Timer(0.05, lambda: [log.add(number) for number in range(5)]).start()
        self.assertEqual(log.wait(lambda number: number > 1, count=2), [2, 3])

    def test_a_waiter_gives_up_at_its_deadline(self):
        log = Log()
        log.add("something else")
        with self.assertRaisesRegex(AssertionError, "something else"):
            log.wait(lambda entry: entry == "it", timeout=0.05)

    def test_a_waiter_gives_up_when_nothing_more_can_come(self):
        log = Log()
        threading.Timer(0.05, log.close, ["the stream ended"]).start()
        with self.assertRaisesRegex(AssertionError, "the stream ended"):
            log.wait(timeout=60)


class HeldPortTest(unittest.TestCase):
    def test_only_its_server_gets_it_and_that_again_and_again(self):
        port = HeldPort()
        self.addCleanup(port.give_back)
        place = ("127.0.0.1", port.number)
        for _ in range(2):
            with socket.create_server(place), socket.create_connection(place):
                pass
            with socket.socket() as other, self.assertRaises(OSError):
                other.bind(place)


class FakeHub(adapters_pb2_grpc.AdaptersServicer, handlers_pb2_grpc.HandlersServicer):
    """Answers each hello; orders what an event says; delivers to a handler and echoes nothing."""

    def __init__(self):
        self.dones = []

    def start(self):
        self._server = grpc.server(futures.ThreadPoolExecutor(4))
        adapters_pb2_grpc.add_AdaptersServicer_to_server(self, self._server)
        handlers_pb2_grpc.add_HandlersServicer_to_server(self, self._server)
        port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()
        return f"127.0.0.1:{port}"

    def stop(self):
        self._server.stop(0).wait()

    def _answer_adapter(self, item):
        if item.WhichOneof("kind") == "hello":
            return adapters_pb2.AdapterCommand(hello_ok=adapters_pb2.AdapterHelloOk(hub="fake"))
        if item.WhichOneof("kind") == "event":
            send = message_pb2.SendAction(content=item.event.event.message.content)
            order = adapters_pb2.Order(key="k", actions=[message_pb2.Action(send=send)])
            return adapters_pb2.AdapterCommand(order=order)
        self.dones.append(item.done)
        return adapters_pb2.AdapterCommand(accepted=adapters_pb2.Accepted(up_to=1))

    def _answer_handler(self, item, context):
        if item.WhichOneof("kind") == "hello":
            delivery = handlers_pb2.Delivery(id="d", attempt=1, text="x")
            return handlers_pb2.HandlerCommand(delivery=delivery)
        status = rpc_status_pb2.RpcStatus(code=grpc.StatusCode.ABORTED.value[0])
        problem = problem_pb2.Problem(reason=problem_pb2.REASON_CONFLICT)
        status.details.add().Pack(problem)
        details = ("grpc-status-details-bin", status.SerializeToString())
        context.set_trailing_metadata([details])
        context.abort(grpc.StatusCode.ABORTED, "enough")

    def Attach(self, frames, context):
        for frame in frames:
            for item in frame.items:
                if isinstance(frame, adapters_pb2.AdaptersAttachRequest):
                    yield adapters_pb2.AdaptersAttachResponse(items=[self._answer_adapter(item)])
                else:
                    answer = self._answer_handler(item, context)
                    yield handlers_pb2.HandlersAttachResponse(items=[answer])


class ScriptedPeersTest(unittest.TestCase):
    def setUp(self):
        self.hub = FakeHub()
        self.target = self.hub.start()
        self.addCleanup(self.hub.stop)

    def test_an_adapter_is_answered_and_reports_a_repeated_order_alike(self):
        adapter = ScriptedAdapter(self.target, "token")
        self.addCleanup(adapter.drop)
        self.assertEqual(adapter.attach().hub, "fake")
        adapter.hear("hello")
        adapter.hear("hello")
        adapter.wait("accepted", count=2)
        self.assertEqual(texts_of(adapter.wait("order")), ["hello"])
        self.assertEqual(adapter.texts(), ["hello"])
        self.assertEqual(self.hub.dones[0], self.hub.dones[1])

    def test_a_handler_hears_its_delivery_and_the_problem_at_the_end(self):
        handler = ScriptedHandler(self.target, "token", "h", [command("x")], answers=lambda d: "y")
        self.addCleanup(handler.drop)
        handler.item(hello=handlers_pb2.HandlerHello(name="h"))
        handler.wait_delivery("x", attempt=1)
        self.assertEqual(handler.stream.wait_end(), grpc.StatusCode.ABORTED)
        self.assertEqual(handler.stream.problem().reason, problem_pb2.REASON_CONFLICT)
        with self.assertRaisesRegex(AssertionError, "ABORTED"):
            handler.wait("posted")

    def test_a_call_without_a_problem_is_a_complaint(self):
        stub = handlers_pb2_grpc.HandlersStub(grpc.insecure_channel(self.target))
        with self.assertRaises(grpc.RpcError) as caught:
            stub.ListRoutes(handlers_pb2.ListRoutesRequest())
        with self.assertRaisesRegex(AssertionError, "no grpc-status-details-bin"):
            problem_of(caught.exception)


if __name__ == "__main__":
    unittest.main()

"""What every gRPC server should have: health for everybody, reflection for the admin."""

import signal
import unittest

import grpc
from harness.case import HubCase
from harness.stream import metadata_of

# The stubs of these two are not everywhere installed; their messages are small enough by hand.
HEALTH = "/grpc.health.v1.Health/Check"
REFLECTION = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
SERVING = b"\x08\x01"
NOT_SERVING = b"\x08\x02"
LIST_SERVICES = b"\x3a\x01*"


class HealthTest(HubCase):
    def test_it_is_open_to_everybody(self):
        check = self.channel().unary_unary(HEALTH)
        self.assertEqual(check(b"", timeout=20), SERVING)

    def test_an_unknown_service_is_not_found(self):
        check = self.channel().unary_unary(HEALTH)
        with self.assertRaises(grpc.RpcError) as caught:
            check(b"\x0a\x07nothing", timeout=20)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.NOT_FOUND)

    def test_a_draining_hub_is_not_serving(self):
        adapter = self.adapter()
        handler = self.handler("stuck")
        adapter.hear("stuck")
        handler.wait_delivery()
        check = self.channel().unary_unary(HEALTH)
        self.assertEqual(check(b"", timeout=20), SERVING)
        self.hub.signal(signal.SIGTERM)
        handler.wait("draining")
        # Not serving, or already not listening to those who come anew.
        try:
            self.assertEqual(check(b"", timeout=20), NOT_SERVING)
        except grpc.RpcError as error:
            self.assertEqual(error.code(), grpc.StatusCode.UNAVAILABLE)


class ReflectionTest(HubCase):
    def ask(self, metadata):
        stream = self.raw_stream(REFLECTION, metadata)
        stream.send(LIST_SERVICES)
        return stream

    def test_it_lists_the_services_to_the_admin(self):
        answer = self.ask(self.owner()).heard.wait()
        for service in (b"oco.Robot", b"chathub.v1.Adapters", b"chathub.v1.Handlers"):
            self.assertIn(service, answer)

    def test_it_is_closed_to_everybody_else(self):
        for metadata in ([], metadata_of("0" * 64)):
            stream = self.ask(metadata)
            self.assertEqual(stream.wait_end(), grpc.StatusCode.UNAUTHENTICATED)
            self.assertEqual(stream.heard.all(), [])


if __name__ == "__main__":
    unittest.main()

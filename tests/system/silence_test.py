"""Peers that say nothing: the living are left alone, the dead are noticed. Slow: it must be."""

import time
import unittest

import grpc
from harness.case import HubCase
from harness.waiting import wait_until
from chathub.v1 import handlers_pb2, handlers_pb2_grpc

# The hub pings every 10 s and waits for 5 s; the rest is for a busy machine.
NOTICED = 22


class SilenceTest(HubCase):
    def test_stopped_peers_are_noticed(self):
        handler = self.child("handler", name="worker", words=["work"])
        adapter = self.child("adapter")
        handler.stop()
        adapter.stop()
        wait_until(lambda: not self.peers(), "both are gone", NOTICED)
        handler.go_on()
        adapter.go_on()
        self.assertNotEqual(handler.wait("ended")["code"], "OK")
        self.assertNotEqual(adapter.wait("ended")["code"], "OK")

    def peers(self):
        return [peer["name"] for peer in self.hub.command("peers")]

    def test_idle_peers_that_ping_as_they_should_are_left_alone(self):
        adapter = self.adapter()
        echo = self.echo()
        options = [
            ("grpc.use_local_subchannel_pool", 1),
            ("grpc.keepalive_time_ms", 10_000),
            ("grpc.keepalive_timeout_ms", 5_000),
            ("grpc.keepalive_permit_without_calls", 1),
            ("grpc.http2.max_pings_without_data", 0),
        ]
        with grpc.insecure_channel(self.hub.target, options) as channel:
            states = []
            channel.subscribe(states.append)
            stub = handlers_pb2_grpc.HandlersStub(channel)
            self.list_routes(stub)
            # Three pings without a call.
            time.sleep(35)
            self.list_routes(stub)
            self.assertNotIn(grpc.ChannelConnectivity.TRANSIENT_FAILURE, states)
            self.assertEqual(states.count(grpc.ChannelConnectivity.READY), 1, states)
        self.assertFalse(adapter.stream.ended() or echo.stream.ended())
        self.assert_walks(adapter, "still here")

    def list_routes(self, stub):
        request = handlers_pb2.ListRoutesRequest()
        stub.ListRoutes(request, metadata=self.owner("handler/help"), timeout=20)


if __name__ == "__main__":
    unittest.main()

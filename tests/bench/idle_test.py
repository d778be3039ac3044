"""The benchmark's idle crowds: whoever leaves closes its connection."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
import unittest
from concurrent import futures
from pathlib import Path

import grpc

STUBS = os.environ.get("CHATHUB_STUBS", "build/python")
sys.path.insert(0, STUBS)

from chathub.v1 import handlers_pb2 as wire

PROGRAM = Path(__file__).resolve().parent / "programs" / "idle.py"
PATIENCE = 30  # seconds, which only a fault needs


class EverybodysHub(grpc.GenericRpcHandler):
    """Greets every handler, says nothing else and waits until it goes."""

    def service(self, handler_call_details):
        greeting = wire.HandlersAttachResponse.SerializeToString
        return grpc.stream_stream_rpc_method_handler(self._attach, response_serializer=greeting)

    def _attach(self, _, context):
        gone = threading.Event()
        context.add_callback(gone.set)
        hello_ok = wire.HandlerCommand(hello_ok=wire.HandlerHelloOk())
        yield wire.HandlersAttachResponse(items=[hello_ok])
        gone.wait()


class IdleTest(unittest.TestCase):
    def setUp(self):
        server = grpc.server(futures.ThreadPoolExecutor(10), [EverybodysHub()])
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        self.addCleanup(lambda: server.stop(None).wait())
        command = [sys.executable, "-B", PROGRAM, "handler", f"127.0.0.1:{port}", "token"]
        self.program = subprocess.Popen(
            command,
            env={**os.environ, "CHATHUB_STUBS": STUBS},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(self.program.communicate)
        self.assertEqual(self.program.stdout.readline(), "ready\n")

    def hold(self, count):
        self.program.stdin.write(f"hold {count}\n")
        self.program.stdin.flush()
        self.assertEqual(json.loads(self.program.stdout.readline()), {"count": count})

    def sockets(self):
        count = 0
        for file in Path(f"/proc/{self.program.pid}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                count += os.readlink(file).startswith("socket:")
        return count

    def test_who_leaves_closes_its_connection(self):
        self.hold(1)
        of_one = self.sockets()  # and of gRPC itself
        for _ in range(3):
            self.hold(9)
            self.assertEqual(self.sockets(), of_one + 8)
            self.hold(1)
            end = time.monotonic() + PATIENCE
            while self.sockets() != of_one and time.monotonic() < end:
                time.sleep(0.01)
            self.assertEqual(self.sockets(), of_one)


if __name__ == "__main__":
    unittest.main()

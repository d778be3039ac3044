"""How a peer reaches its hub: sockets, TLS, waiting, refusals."""

import asyncio
import dataclasses
import subprocess
import tempfile
import unittest
from pathlib import Path

import grpc
from fake_hub import FakeHub, FakeHubCase, soon

from chathub import Handler, HubOptions, Reason, Refused, SetUpWrongly
from chathub.v1 import problem_pb2


def make_certificate(folder, name):
    """A certificate for localhost that vouches for itself; the paths of its key and of itself."""
    key, certificate = folder / f"{name}.key", folder / f"{name}.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", f"/CN={name}", "-addext"]
    command += ["subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate]
    subprocess.run(command, check=True, capture_output=True)
    return key, certificate


class ConnectionTest(FakeHubCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    async def another_hub(self, **where):
        hub = await FakeHub().start(**where)
        self.addAsyncCleanup(hub.server.stop, None)
        return hub

    async def assert_attaches(self, hub, **options):
        options = dataclasses.replace(hub.options, **options)
        self.serve(Handler("hi", hub=options))
        stream = await hub.next_stream()
        self.assertEqual((await stream.expect("hello")).name, "hi")

    async def test_over_a_unix_socket(self):
        target = f"unix:{self.folder}/hub.sock"
        await self.assert_attaches(await self.another_hub(target=target), address=target)

    async def test_over_tls_with_the_right_authority_alone(self):
        key, certificate = make_certificate(self.folder, "hub")
        pair = [(key.read_bytes(), certificate.read_bytes())]
        hub = await self.another_hub(credentials=grpc.ssl_server_credentials(pair))
        roots, name = str(certificate), "localhost"
        await self.assert_attaches(hub, root_certificates=roots, server_name=name)
        _, other = make_certificate(self.folder, "other")
        with self.assertLogs("chathub", "WARNING") as logs:
            options = dataclasses.replace(
                hub.options, root_certificates=str(other), server_name=name
            )
            self.serve(Handler("hi", hub=options))
            while not logs.output:
                await asyncio.sleep(0.01)
        self.assertIn("no hub at", logs.output[0])
        self.assertTrue(hub.streams.empty())

    async def test_over_tls_with_a_certificate_of_our_own(self):
        key, certificate = make_certificate(self.folder, "hub")
        our_key, our_certificate = make_certificate(self.folder, "handler")
        credentials = grpc.ssl_server_credentials(
            [(key.read_bytes(), certificate.read_bytes())],
            root_certificates=our_certificate.read_bytes(),
            require_client_auth=True,
        )
        await self.assert_attaches(
            await self.another_hub(credentials=credentials),
            root_certificates=str(certificate),
            client_certificate=str(our_certificate),
            client_key=str(our_key),
            server_name="localhost",
        )

    async def test_a_certificate_that_is_not_there_is_a_mistake(self):
        options = dataclasses.replace(self.hub.options, root_certificates="no/such.pem")
        with self.assertRaisesRegex(SetUpWrongly, "no/such.pem"):
            await soon(Handler("hi", hub=options).serve())

    async def test_it_waits_for_a_hub_and_says_so_once(self):
        with self.assertLogs("chathub", "WARNING") as logs:
            bot = Handler("hi", hub=HubOptions(data_folder=str(self.folder)))
            self.serve(bot)
            while not logs.output:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.3)  # Longer than its first two attempts are apart.
        self.assertEqual(len(logs.output), 1)
        self.assertIn(f"no hub is running in {self.folder}", logs.output[0])
        (self.folder / "owner-token").write_text("secret\n")
        (self.folder / "endpoints").write_text(f"127.0.0.1:{self.hub.port}\n")
        await (await self.hub.next_stream()).expect("hello")

    async def test_a_hub_that_is_busy_is_asked_again(self):
        self.serve(Handler("hi", hub=self.hub.options))
        stream = await self.hub.next_stream()
        with self.assertLogs("chathub", "WARNING") as logs:
            code = grpc.StatusCode.RESOURCE_EXHAUSTED
            stream.end(code, "too many peers", problem_pb2.REASON_TOO_MUCH)
            await self.hub.next_stream()
        self.assertIn("does not take us now (too many peers)", logs.output[0])

    async def test_a_hub_that_refuses_it_ends_it(self):
        for code, reason, detail in [
            (grpc.StatusCode.UNAUTHENTICATED, Reason.NOT_ALLOWED, "the token is not known"),
            (grpc.StatusCode.INVALID_ARGUMENT, Reason.BAD_ROUTE, "missing ), at byte 7"),
            (grpc.StatusCode.ALREADY_EXISTS, Reason.NAME_TAKEN, "hi is taken by handler/other"),
        ]:
            with self.subTest(code=code.name):
                serving = self.serve(Handler("hi", hub=self.hub.options))
                stream = await self.hub.next_stream()
                stream.end(code, detail, int(reason))
                with self.assertRaises(Refused) as caught:
                    await soon(serving)
                self.assertEqual(str(caught.exception), detail)
                self.assertEqual(caught.exception.reason, reason)

    async def test_what_is_no_hub_at_all_ends_it_too(self):
        server = grpc.aio.server()
        port = server.add_insecure_port("127.0.0.1:0")
        await server.start()
        self.addAsyncCleanup(server.stop, None)
        options = dataclasses.replace(self.hub.options, address=f"127.0.0.1:{port}")
        with self.assertRaises(Refused):
            await soon(Handler("hi", hub=options).serve())

    async def test_stop_before_the_greeting_ends_it_at_once(self):
        bot = Handler("hi", hub=self.hub.options)
        serving = self.serve(bot)
        stream = await self.hub.next_stream()
        bot.stop()
        await soon(serving)
        await stream.gone()

    async def test_stop_while_waiting_for_a_hub_ends_it_at_once(self):
        bot = Handler("hi", hub=HubOptions(data_folder=str(self.folder)))
        serving = self.serve(bot)
        await asyncio.sleep(0)
        bot.stop()
        await soon(serving)


if __name__ == "__main__":
    unittest.main()

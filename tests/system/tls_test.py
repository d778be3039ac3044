"""TLS: who the hub is, who comes, and what happens to everybody else."""

import os
import socket
import ssl
import subprocess
import tempfile
import unittest
from pathlib import Path

import grpc
from harness import PROGRAMS
from harness.certificates import Authority
from harness.hub import Hub
from harness.stream import metadata_of
from harness.waiting import wait_until
from chathub.v1 import admin_pb2, admin_pb2_grpc


class TlsCase(unittest.TestCase):
    """A hub whose TCP port speaks TLS."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="chathub-tls-", dir="/tmp")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.authority = Authority(self.folder)
        self.stranger = Authority(self.folder, "stranger")

    def start(self, certificate, key, client_ca=None):
        text = f'[listen]\ntls_certificate = "{certificate}"\ntls_key = "{key}"\n'
        if client_ca:
            text += f'tls_client_ca = "{client_ca}"\n'
        self.hub = Hub(text)
        self.addCleanup(self.hub.remove)
        self.addCleanup(self.hub.end)
        self.hub.start()
        self.target = self.hub.targets[1]
        self.port = int(self.target.rsplit(":", 1)[1])

    def ask(self, ca, certificate=None, key=None):
        """The code that GetStatus over TLS ends with."""

        def read(path):
            return path.read_bytes() if path else None

        credentials = grpc.ssl_channel_credentials(read(ca), read(key), read(certificate))
        with grpc.secure_channel(self.target, credentials) as channel:
            stub = admin_pb2_grpc.AdminStub(channel)
            try:
                metadata = metadata_of(self.hub.token)
                stub.GetStatus(admin_pb2.GetStatusRequest(), metadata=metadata, timeout=20)
            except grpc.RpcError as error:
                return error.code().name
        return "OK"

    def status(self, *options, address=None):
        """Runs `chathub status` on the TLS port."""
        command = [str(PROGRAMS / "chathub"), "status", "--address", address or self.target]
        return subprocess.run(
            [*command, *map(str, options)],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
            env={**os.environ, "CHATHUB_TOKEN": self.hub.token},
        )

    def shown_certificate(self):
        """What the hub shows now, as bytes."""
        context = ssl.create_default_context(cafile=str(self.authority.certificate))
        context.set_alpn_protocols(["h2"])
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as plain:
            with context.wrap_socket(plain, server_hostname="127.0.0.1") as wrapped:
                return wrapped.getpeercert(binary_form=True)


class TlsTest(TlsCase):
    def test_who_trusts_the_authority_gets_in_and_the_socket_stays_as_it_is(self):
        self.start(*self.authority.sign("hub"))
        self.assertEqual(self.ask(self.authority.certificate), "OK")
        done = self.status("--ca", self.authority.certificate)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.hub.command("status")

    def test_another_authority_is_not_believed(self):
        self.start(*self.authority.sign("hub"))
        self.assertEqual(self.ask(self.stranger.certificate), "UNAVAILABLE")
        done = self.status("--ca", self.stranger.certificate)
        self.assertEqual(done.returncode, 3)
        self.assertIn("certificate", done.stderr.lower())

    def test_a_certificate_that_signed_itself_is_not_believed(self):
        self.start(self.stranger.certificate, self.close(self.folder / "stranger.key"))
        self.assertEqual(self.ask(self.authority.certificate), "UNAVAILABLE")

    def test_an_expired_certificate_is_not_believed(self):
        self.start(*self.authority.sign("hub", days=-1))
        self.assertEqual(self.ask(self.authority.certificate), "UNAVAILABLE")
        self.assertEqual(self.status("--ca", self.authority.certificate).returncode, 3)

    def test_a_certificate_of_another_name_is_not_believed(self):
        self.start(*self.authority.sign("hub", alternative="DNS:elsewhere.example"))
        self.assertEqual(self.ask(self.authority.certificate), "UNAVAILABLE")
        self.assertEqual(self.status("--ca", self.authority.certificate).returncode, 3)

    def test_who_speaks_without_tls_gets_nothing(self):
        self.start(*self.authority.sign("hub"))
        self.assertEqual(self.status().returncode, 3)
        with grpc.insecure_channel(self.target) as channel:
            stub = admin_pb2_grpc.AdminStub(channel)
            with self.assertRaises(grpc.RpcError) as caught:
                stub.GetStatus(admin_pb2.GetStatusRequest(), timeout=20)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.UNAVAILABLE)

    def test_old_versions_of_tls_are_refused(self):
        self.start(*self.authority.sign("hub"))
        for version in ("-tls1", "-tls1_1"):
            with self.subTest(version):
                self.assertNotIn("Cipher is (NONE)", self.handshake("-tls1_2"))
                # Without the client's own refusal of old versions.
                self.assertIn("Cipher is (NONE)", self.handshake(version, "-cipher", "ALL:@SECLEVEL=0"))

    def handshake(self, *options):
        command = ["openssl", "s_client", "-connect", f"127.0.0.1:{self.port}", "-alpn", "h2"]
        done = subprocess.run(
            [*command, *options], input=b"", capture_output=True, timeout=30, check=False
        )
        return done.stdout.decode(errors="replace")

    def test_a_new_certificate_counts_without_a_restart(self):
        certificate, key = self.authority.sign("hub")
        self.start(certificate, key)
        before = self.shown_certificate()
        new_certificate, new_key = self.authority.sign("new")
        new_key.replace(key)
        new_certificate.replace(certificate)
        wait_until(lambda: self.shown_certificate() != before, "the new certificate is shown")
        self.assertEqual(self.ask(self.authority.certificate), "OK")

    def test_half_a_handshake_is_cut(self):
        self.start(*self.authority.sign("hub"))
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as half:
            half.sendall(b"\x16\x03\x01")
            self.assertEqual(half.recv(1000), b"")

    def close(self, key):
        key.chmod(0o600)
        return key


class MutualTlsTest(TlsCase):
    def setUp(self):
        super().setUp()
        self.start(*self.authority.sign("hub"), client_ca=self.authority.certificate)

    def test_only_who_shows_a_certificate_of_the_authority_gets_in(self):
        ca = self.authority.certificate
        self.assertEqual(self.ask(ca, *self.authority.sign("client")), "OK")
        self.assertEqual(self.ask(ca), "UNAVAILABLE")
        self.assertEqual(self.ask(ca, *self.stranger.sign("intruder")), "UNAVAILABLE")
        self.assertEqual(self.ask(ca, *self.authority.sign("late", days=-1)), "UNAVAILABLE")

    def test_the_command_line_shows_its_certificate(self):
        certificate, key = self.authority.sign("client")
        ca = ("--ca", self.authority.certificate)
        done = self.status(*ca, "--certificate", certificate, "--key", key)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.status(*ca).returncode, 3)
        key.chmod(0o644)
        done = self.status(*ca, "--certificate", certificate, "--key", key)
        self.assertEqual(done.returncode, 2)
        self.assertIn("chmod 600", done.stderr)


class StartTest(TlsCase):
    def refused(self, text, *options):
        """What `chathub serve` says when it does not start."""
        configuration = self.folder / "chathub.toml"
        configuration.write_text(text)
        command = [str(PROGRAMS / "chathub"), "serve", "--config", str(configuration)]
        done = subprocess.run(
            [*command, "--data", str(self.folder / "data"), *options],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        self.assertNotEqual(done.returncode, 0)
        self.assertNotIn("PRIVATE KEY", done.stderr)
        return done.stderr

    def with_files(self, certificate, key):
        text = '[listen]\naddress = "127.0.0.1:0"\n'
        return text + f'tls_certificate = "{certificate}"\ntls_key = "{key}"\n'

    def test_the_network_is_not_listened_to_without_tls(self):
        said = self.refused('[listen]\naddress = "0.0.0.0:0"\n')
        self.assertIn("chathub.toml:2: listen.address is not on loopback", said)
        self.assertIn("TLS", self.refused("", "--listen", "0.0.0.0:0"))

    def test_a_key_that_others_may_read_is_refused(self):
        certificate, key = self.authority.sign("hub")
        key.chmod(0o644)
        self.assertIn("chmod 600", self.refused(self.with_files(certificate, key)))

    def test_files_that_do_not_serve_are_named(self):
        certificate, key = self.authority.sign("hub")
        other = self.authority.sign("other")[1]
        missing = self.folder / "missing.pem"
        nonsense = self.folder / "nonsense.pem"
        nonsense.write_text("nonsense")
        self.assertIn("belongs to the certificate", self.refused(self.with_files(certificate, other)))
        self.assertIn(str(missing), self.refused(self.with_files(missing, key)))
        self.assertIn(str(nonsense), self.refused(self.with_files(nonsense, key)))


if __name__ == "__main__":
    unittest.main()

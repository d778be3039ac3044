"""TLS at the gateway's port: the same protocols over wss, and nothing below TLS 1.2."""

import os
import socket
import ssl
import subprocess
import tempfile
import time
import unittest
import warnings
from pathlib import Path

from harness import PROGRAMS
from harness.certificates import Authority
from harness.hub import Hub
from harness.waiting import DEADLINE, wait_until
from harness.web_socket import PING, PONG, TEXT, Closed, WebSocket, http


class GatewayTlsTest(unittest.TestCase):
    """One hub for all: none of them harms it."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="chathub-wss-", dir="/tmp")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.authority = Authority(cls.folder.name)
        cls.certificate, cls.key = cls.authority.sign("gateway")
        cls.hub = Hub(
            f'[gateway]\ncertificate = "{cls.certificate}"\nkey = "{cls.key}"\n', gateway=True
        )
        cls.addClassCleanup(cls.hub.remove)
        cls.addClassCleanup(cls.hub.end)
        cls.hub.start()
        cls.address = cls.hub.gateway

    def context(self, oldest=ssl.TLSVersion.TLSv1_2, newest=ssl.TLSVersion.TLSv1_3):
        warnings.simplefilter("ignore", DeprecationWarning)  # of the old versions
        context = ssl.create_default_context(cafile=self.authority.certificate)
        context.set_ciphers("ALL:@SECLEVEL=0")  # else this side would refuse what is old
        context.minimum_version, context.maximum_version = oldest, newest
        return context

    def connect(self, **options):
        host, port = self.address.rsplit(":", 1)
        link = socket.create_connection((host, int(port)), DEADLINE)
        self.addCleanup(link.close)
        return self.context(**options).wrap_socket(link, server_hostname=host)

    def wnet(self, **options):
        client = WebSocket(self.address, "/wnet/ws", link=self.connect(**options))
        self.addCleanup(client.leave)
        return client

    def openssl(self, *options, says=b""):
        command = ["openssl", "s_client", "-connect", self.address, *options]
        return subprocess.run(command, input=says, capture_output=True, timeout=60, check=False)

    def test_a_client_talks_over_wss(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version.name):
                client = self.wnet(oldest=version, newest=version)
                long = "x" * 200_000
                for text in ("a", long, "b"):
                    client.say(f"search@{text}")
                    self.assertEqual(client.hear(), f"list@{text}@")
                client.frame(PING, b"p")
                self.assertEqual(client.next_frame(), (PONG, True, b"p"))

    def test_many_answers_at_once_arrive_whole_and_in_order(self):
        client = self.wnet()
        for number in range(500):
            client.say(f"search@{number}{'x' * number}")
        for number in range(500):
            self.assertEqual(client.hear(), f"list@{number}{'x' * number}@")

    def test_faults_close_with_their_code(self):
        for first, code in ((0x80 | TEXT | 0x40, 1002), (0x83, 1002)):
            client = self.wnet()
            client.raw(bytes([first, 0x80]) + bytes(4))
            self.assertEqual(client.wait_close(), code)

    def test_health_is_asked_over_https(self):
        request = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        self.assertEqual(http(self.address, request, link=self.connect())[0], 200)
        answer = self.openssl("-quiet", "-ign_eof", says=request)
        self.assertIn(b"HTTP/1.1 200", answer.stdout)

    def test_what_is_older_than_tls_1_2_is_refused(self):
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            with self.subTest(version.name), self.assertRaises((ssl.SSLError, ConnectionError)):
                self.connect(oldest=version, newest=version)
        with self.connect() as link:
            self.assertEqual(link.version(), "TLSv1.3")

    def test_a_client_may_not_renegotiate(self):
        # "R" on a line of its own makes s_client ask for it.
        asked = self.openssl("-tls1_2", says=b"R\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        self.assertIn(b"RENEGOTIATING", asked.stdout + asked.stderr)
        self.assertIn(b"no renegotiation", asked.stderr)
        self.assertNotIn(b"HTTP/1.1 200", asked.stdout)

    def test_half_a_handshake_is_given_up(self):
        host, port = self.address.rsplit(":", 1)
        began = time.monotonic()
        links = [socket.create_connection((host, int(port)), DEADLINE) for _ in range(50)]
        for link in links:
            self.addCleanup(link.close)
            link.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 32)
        self.wnet()  # others are served meanwhile
        for link in links:
            self.assertEqual(self._rest(link), b"")
        self.assertLess(time.monotonic() - began, 20)

    def _rest(self, link):
        try:
            return link.recv(1)
        except ConnectionResetError:
            return b""

    def test_nothing_is_said_to_who_speaks_no_tls(self):
        with self.assertRaises(Closed):
            WebSocket(self.address, "/wnet/ws")
        with self.assertRaises(ssl.SSLError):
            stranger = ssl.create_default_context(
                cafile=Authority(self.folder.name, "b").certificate
            )
            host, port = self.address.rsplit(":", 1)
            with socket.create_connection((host, int(port)), DEADLINE) as link:
                stranger.wrap_socket(link, server_hostname=host)
        self.wnet()

    def test_sockets_do_not_pile_up(self):
        before = self._open_files()
        for number in range(20):
            client = self.wnet()
            if number % 2:
                client.link.unwrap() if number % 4 == 1 else client.frame(0x3)
            client.leave()
        wait_until(lambda: self._open_files() <= before, "every socket is closed")

    def _open_files(self):
        return len(os.listdir(f"/proc/{self.hub.pid}/fd"))


class GatewayCertificateTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="chathub-wss-", dir="/tmp")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.certificate, self.key = Authority(self.folder).sign("gateway")

    def _complaint(self, certificate, key):
        """What a hub says that cannot start with these files; it is one line."""
        configuration = self.folder / "chathub.toml"
        configuration.write_text(f'[gateway]\ncertificate = "{certificate}"\nkey = "{key}"\n')
        command = [PROGRAMS / "chathub", "serve", "--config", configuration]
        command += ["--data", self.folder / "data", "--listen", "127.0.0.1:0"]
        command += ["--gateway", "127.0.0.1:0", "--metrics", "off"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        return done.stderr.splitlines()[-1]

    def test_a_pair_that_is_of_no_use_is_named_at_the_start(self):
        _, other = Authority(self.folder, "other").sign("stranger")
        public = self.folder / "public.key"
        public.write_bytes(self.key.read_bytes())
        public.chmod(0o644)
        self.assertIn("missing.pem", self._complaint(self.folder / "missing.pem", self.key))
        self.assertIn(str(other), self._complaint(self.certificate, other))
        self.assertIn(str(public), self._complaint(self.certificate, public))


if __name__ == "__main__":
    unittest.main()

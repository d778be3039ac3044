"""The gateway's door on bad days: those who are slow, silent, too many or up to no good."""

import os
import resource
import signal
import socket
import statistics
import struct
import time
import unittest

from harness.doorway import Bystander, DoorwayCase
from harness.legacy import cookie
from harness.waiting import wait_until
from harness.web_socket import BINARY, WebSocket, http

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
UPGRADE = b"GET /wnet/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"


def ended(link):
    """Whether the other side has closed; takes what else has come, without waiting."""
    try:
        while link.recv(65536):
            pass
    except BlockingIOError:
        return False
    except ConnectionError:
        pass
    return True


class HttpTest(DoorwayCase):
    def test_plain_http_says_how_the_hub_is(self):
        for path, status in (("/healthz", 200), ("/readyz", 200), ("/wnet/ws", 426)):
            request = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
            self.assertEqual(http(self.address, request)[0], status, path)
        self.assertEqual(http(self.address, b"HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n")[0], 200)

    def test_who_says_too_much_still_hears_the_answer(self):
        flood = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n" + b"x" * 500_000
        self.assertEqual(http(self.address, flood)[0], 400)
        self.assertEqual(http(self.address, UPGRADE + b"Cookie: " + b"x" * 500_000)[0], 431)

    def test_a_thousand_who_say_a_byte_a_second_are_given_up_and_hold_up_nobody(self):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        calm = [self._time_health() for _ in range(20)]
        began = time.monotonic()
        links = [self.link(f"127.0.0.{2 + number % 4}") for number in range(1000)]
        for link in links:
            link.setblocking(False)
        times = []
        while links and time.monotonic() - began < 25:
            times.append(self._time_health())
            links = [link for link in links if not ended(link)]
            for link in links:
                try:
                    link.send(b"G")
                except ConnectionError:
                    pass
            time.sleep(0.5)
        self.assertEqual(len(links), 0, "so many were never given up")
        self.assertGreater(time.monotonic() - began, 4, "they had no time at all")
        self.assertLess(statistics.median(times), max(0.1, 10 * statistics.median(calm)))

    def _time_health(self):
        began = time.monotonic()
        self.assertEqual(http(self.address, HEALTH)[0], 200)
        return time.monotonic() - began

    def test_a_hub_that_goes_away_says_so(self):
        client = self.wnet()
        client.ask("search@x")
        self.hub.signal(signal.SIGTERM)
        self.assertEqual(client.wait_close(), 1012)
        self.assertEqual(self.hub.wait_end(15), 0)


class SilenceTest(DoorwayCase):
    def _open_files(self):
        return len(os.listdir(f"/proc/{self.hub.pid}/fd"))

    def test_the_silent_are_forgotten(self):
        before = self._open_files()
        _, client = self.bot("mute"), self.wnet()
        client.link.settimeout(60)
        client.ask("connect@mute")
        self._expect_the_end_without_an_answer()
        self._leave_much_unclosed()
        with Bystander(self.address):
            self.assertEqual(client.hear(), "disconnectedfrom@mute")
        client.leave()
        wait_until(lambda: self._open_files() <= before, "every socket is closed")

    def _expect_the_end_without_an_answer(self):
        peer = self.wnet()
        peer.frame(BINARY, b"\xff")
        self.assertEqual(peer.next_frame()[2][:2], struct.pack("!H", 1007))
        self.assertEqual(peer.link.recv(1), b"", "it waits for ever")

    def _leave_much_unclosed(self):
        for number in range(10):
            self.wnet().frame(BINARY if number % 2 else 0x3, b"\xff")
            self.link().sendall(HEALTH)

    def test_who_hangs_up_half_way_is_forgotten_at_once(self):
        bot, client = self.bot("half"), self.wnet()
        client.ask("connect@half")
        bot.raw(b"\x81\xfe")
        bot.link.shutdown(socket.SHUT_WR)
        self.assertEqual(client.hear(), "disconnectedfrom@half")


class CrowdTest(DoorwayCase):
    configuration = DoorwayCase.configuration.replace(
        "[gateway.wnet]", "[gateway]\nconnections_per_address = 3\nconnections = 5\n[gateway.wnet]"
    )

    def test_an_address_and_the_whole_house_have_room_for_so_many(self):
        ours = [self.link() for _ in range(4)]
        self.assertEqual(ours[3].recv(1), b"")
        theirs = [self.link("127.0.0.2") for _ in range(3)]
        self.assertEqual(theirs[2].recv(1), b"")
        ours[0].close()
        wait_until(lambda: http(self.address, HEALTH)[0] == 200, "there is room again")


class SocketsTest(DoorwayCase):
    def test_a_hub_without_sockets_accepts_again_when_it_has_some(self):
        inside = self.wnet()
        # Also for a sanitizer, which needs files to look at an object for the first time.
        self.assertEqual(inside.ask("search@x"), "list@x@")
        used = len(os.listdir(f"/proc/{self.hub.pid}/fd"))
        soft, hard = resource.prlimit(self.hub.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(self.hub.pid, resource.RLIMIT_NOFILE, (used + 5, hard))
        links = [self.link() for _ in range(20)]
        wait_until(lambda: "the gateway cannot accept" in self.hub.log(), "it says so")
        self.assertEqual(inside.ask("search@x"), "list@x@")
        resource.prlimit(self.hub.pid, resource.RLIMIT_NOFILE, (soft, hard))
        for link in links:
            link.close()
        self.assertEqual(http(self.address, HEALTH)[0], 200)


class SecretsTest(DoorwayCase):
    configuration = DoorwayCase.configuration + '[log]\nlevel = "debug"\n'

    def test_nothing_secret_is_logged(self):
        secret = "canary3141592653"
        for line in (
            f"Cookie: {secret}",
            cookie("ann", secret),
            f'Cookie: auth="type=telegram&auth={secret}"',
            f"Authorization: Bearer {secret}",
            f"X-{secret}: x",
        ):
            peer = self.wnet(line)
            peer.ask(f"connect@{secret}")
            peer.ask(f"add@{secret}")
            peer.say(secret)
            peer.frame(BINARY, b"\xff" + secret.encode())
            peer.wait_close()
        for path in (f"/?{secret}", f"/wnet/ws?token={secret}"):
            node = WebSocket(self.address, path)
            self.addCleanup(node.leave)
            node.say(f'{{"type":"{secret}"}}')
            node.frame(0x8, b"\x03\xe8" + secret.encode())
            node.wait_close()
        for request in (f"{secret}\r\n\r\n", f"GET /{secret} HTTP/1.1\r\n{secret}\r\n\r\n"):
            self.assertEqual(http(self.address, request.encode())[0], 400)
        self.hub.signal(signal.SIGTERM)
        self.assertEqual(self.hub.wait_end(15), 0)
        self.assertIn("draining", self.hub.log())
        self.assertNotIn(secret, self.hub.log())


if __name__ == "__main__":
    unittest.main()

"""Who the bot is, and who users are: TLS, SASL, NickServ, on a real network with services."""

import os
import subprocess
import unittest

from harness.certificates import Authority
from harness.irc_case import IrcCase
from harness.irc_server import Inspircd


class LoginCase(IrcCase):
    password = "open-sesame"

    def setUp(self):
        super().setUp()
        self.server.start_services()
        self.echo()
        self.ada = self.user("ada", "#lab")
        self.ask_services(self.ada, "REGISTER", "someone@example.org", "registered")

    def ask_services(self, user, order, rest, answer):
        """Asks until the services are there."""
        for asked in range(1, 100):
            user.write(f"PRIVMSG NickServ :{order} {self.password} {rest}")
            replies = user.heard.wait(self.is_reply, count=asked)
            if (replies if asked == 1 else replies[-1]).command == "NOTICE":
                break
        user.wait("NOTICE", lambda line: line.nick == "NickServ" and answer in line.text)

    def is_reply(self, line):
        return line.nick == "NickServ" or (line.command == "401" and "NickServ" in line.params)

    def secret(self, text, mode=0o600):
        path = self.server.folder / "secret"
        path.write_text(text + "\n")
        path.chmod(mode)
        return path

    def tls(self, *arguments, ca=None, **environment):
        """The adapter in #lab, over TLS."""
        return self.irc_with(
            "--server", "localhost", "--port", self.server.tls_port, "--channel", "#lab",
            "--ca", ca or self.server.authority.certificate, *arguments, **environment,
        )

    def account_of(self, nick):
        self.ada.write(f"WHOIS {nick}")
        self.ada.wait("318")
        lines = self.ada.heard.all(lambda line: line.command == "330" and line.params[1] == nick)
        return lines[-1].params[2] if lines else None


class SaslTest(LoginCase):
    server_kind = staticmethod(lambda: Inspircd(sasl=True))

    def test_plain(self):
        self.tls("--account", "ada", "--password-file", self.secret(self.password))
        self.ada.wait_joined("hub", "#lab")
        self.assertEqual(self.account_of("hub"), "ada")
        self.assert_echoes(self.ada, "hello")

    def test_a_wrong_password_is_no_way_in(self):
        adapter = self.tls("--account", "ada", CHATHUB_IRC_PASSWORD="not-this")
        adapter.wait_said("the login (SASL) was refused")
        self.assertNotIn("not-this", adapter.said())
        self.assertFalse(self.ada.heard.all(lambda line: line.nick == "hub"))

    def test_external(self):
        certificate, key = self.server.authority.sign("bot", "DNS:bot")
        der = ["openssl", "x509", "-in", certificate, "-noout", "-fingerprint", "-sha256"]
        found = subprocess.run(der, capture_output=True, text=True, check=True).stdout
        fingerprint = found.strip().partition("=")[2].replace(":", "").lower()
        self.ada.say("NickServ", f"CERT ADD {fingerprint}")
        self.ada.wait("NOTICE", lambda line: "ingerprint" in line.text)
        self.tls("--external", "--certificate", certificate, "--key", key)
        self.ada.wait_joined("hub", "#lab")
        self.assertEqual(self.account_of("hub"), "ada")

    def test_users_are_who_their_account_says(self):
        worker = self.handler("worker", answers=lambda delivery: "done")
        self.tls()
        self.ada.wait_joined("hub", "#lab")
        # As registering logged ada in.
        self.ada.say("#lab", "!worker")
        self.assertTrue(worker.wait_delivery().event.user.authenticated)
        # Under another nick it is not that nick's owner.
        self.ada.write("NICK grace")
        self.ada.say("#lab", "!worker")
        other = worker.wait("delivery", count=2)[1].event.user
        self.assertEqual((other.id, other.authenticated), ("irc/grace", False))


class NickServTest(LoginCase):
    server_kind = Inspircd

    def test_without_sasl_it_identifies_to_nickserv(self):
        self.tls("--account", "ada", CHATHUB_IRC_PASSWORD=self.password)
        self.ada.wait_joined("hub", "#lab")
        self.assertEqual(self.account_of("hub"), "ada")


class TlsTest(IrcCase):
    def test_a_server_of_another_authority_is_refused(self):
        other = Authority(self.server.folder, "other").certificate
        start = ["--port", self.server.tls_port, "--ca", other]
        adapter = self.irc_with("--server", "localhost", *start)
        adapter.wait_said("certificate verify failed")

    def test_a_server_of_another_name_is_refused(self):
        start = ["--port", self.server.tls_port, "--ca", self.server.authority.certificate]
        adapter = self.irc_with("--server", "127.0.0.1", *start)
        adapter.wait_said("certificate verify failed")


class OptionsTest(IrcCase):
    def assert_refused(self, words, *arguments, **environment):
        adapter = self.irc_with(*arguments, **environment)
        self.assertEqual(adapter.wait_end(), 2)
        self.assertIn(words, adapter.said())
        self.assertNotIn("sesame", adapter.said())

    def test_what_cannot_go_together_is_refused(self):
        self.assert_refused("--server is required")
        there = ["--server", "irc.example"]
        secret = {"CHATHUB_IRC_PASSWORD": "sesame"}
        self.assert_refused("in the clear", *there, "--plain", "--account", "a", **secret)
        self.assert_refused("has a password", *there, "--account", "a")
        self.assert_refused("--external needs", *there, "--external")
        self.assert_refused("go together", *there, "--key", os.devnull)

    def test_a_secret_that_others_can_read_is_none(self):
        path = self.server.folder / "secret"
        path.write_text("sesame\n")
        path.chmod(0o644)
        there = ["--server", "irc.example", "--account", "a"]
        self.assert_refused("chmod 600", *there, "--password-file", path)

    def test_options_may_stand_in_a_file(self):
        path = self.server.folder / "irc.toml"
        path.write_text(
            f'server = "127.0.0.1"\nport = {self.server.port}\nplain = true\nnick = "robo"\n'
            'channel = ["lab", "den"]\n'
        )
        self.irc_with("--config", path)
        ada = self.user("ada", "#lab", "#den")
        ada.wait_present("robo", "#lab")
        ada.wait_present("robo", "#den")


if __name__ == "__main__":
    unittest.main()

"""Over a network: who the hub is, who the program is, and that no token goes in the clear."""

import tempfile

from kit.case import HandlerCase
from harness.certificates import Authority


class TlsChecks(HandlerCase):
    def setUp(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.authority = Authority(folder)
        self.stranger = Authority(folder, "stranger")
        certificate, key = self.authority.sign("hub")
        self.own = self.authority.sign("program")
        self.configuration = (
            f'[listen]\ntls_certificate = "{certificate}"\ntls_key = "{key}"\n'
            f'tls_client_ca = "{self.authority.certificate}"\n'
        )
        super().setUp()

    def start_over_tls(self, authority):
        certificate, key = self.own
        return self.start(
            CHATHUB_ADDRESS=self.hub.targets[1],
            CHATHUB_TOKEN=self.hub.token,
            CHATHUB_CA=str(authority.certificate),
            CHATHUB_CERTIFICATE=str(certificate),
            CHATHUB_KEY=str(key),
        )

    def test_tls(self):
        """speaks TLS with the files that its environment names, its own certificate among them"""
        self.start_over_tls(self.authority)
        self.wait_attached()
        self.assert_answer("!echo safe", "safe")

    def test_false_hub(self):
        """tells no token to a hub that its authority does not vouch for"""
        false = self.start_over_tls(self.stranger)
        # Behind the right one nobody waits for long: by then the false one has been tried, too.
        self.test_tls()
        self.assertEqual(self.hub.log().count("handler attached handler=conform"), 1)
        self.assertTrue(false.runs(), false.said())

    def test_open_key(self):
        """a key that others may read ends it; the log says which"""
        self.own[1].chmod(0o644)
        program = self.start_over_tls(self.authority)
        self.assertIn(program.wait_end(), (1, 2), program.said())
        self.assertIn(str(self.own[1]), program.said())

    def test_no_token_in_the_clear(self):
        """an address beyond this machine without TLS ends it; the log names CHATHUB_CA"""
        program = self.start(CHATHUB_ADDRESS="192.0.2.1:6196", CHATHUB_TOKEN=self.hub.token)
        self.assertIn(program.wait_end(), (1, 2), program.said())
        self.assertIn("CHATHUB_CA", program.said())

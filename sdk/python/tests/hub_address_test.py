"""Where the hub is found, and what is said where it is not."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chathub import HubOptions, SetUpWrongly
from chathub.hub_address import HubAddress, NotRunning, data_folder, find_hub


class HubAddressTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.set_environment(CHATHUB_DATA=self.folder)

    def set_environment(self, **variables):
        patch = mock.patch.dict(os.environ, variables, clear=True)
        patch.start()
        self.addCleanup(patch.stop)

    def write(self, endpoints=None, token=None):
        for name, text in (("endpoints", endpoints), ("owner-token", token)):
            if text is not None:
                Path(self.folder, name).write_text(text)

    def test_the_data_folder_has_both(self):
        self.write("unix:/run/hub.sock \r\n127.0.0.1:1\n", "abc\n")
        self.assertEqual(find_hub(), HubAddress("unix:/run/hub.sock", "abc"))

    def test_the_environment_comes_before_the_data_folder(self):
        self.write("127.0.0.1:1\n", "abc\n")
        self.set_environment(
            CHATHUB_DATA=self.folder, CHATHUB_ADDRESS="127.0.0.1:2", CHATHUB_TOKEN="def"
        )
        self.assertEqual(find_hub(), HubAddress("127.0.0.1:2", "def"))

    def test_options_come_first(self):
        self.set_environment(CHATHUB_ADDRESS="127.0.0.1:2", CHATHUB_TOKEN="def")
        options = HubOptions(address="127.0.0.1:3", token="ghi")
        self.assertEqual(find_hub(options), HubAddress("127.0.0.1:3", "ghi"))

    def test_a_mixture_is_fine(self):
        self.write("127.0.0.1:1\n", "abc\n")
        self.assertEqual(find_hub(HubOptions(token="x")), HubAddress("127.0.0.1:1", "x"))

    def test_without_endpoints_no_hub_is_running(self):
        for endpoints in (None, "", "\n"):
            self.write(endpoints, "abc\n")
            with self.subTest(endpoints=endpoints), self.assertRaises(NotRunning) as caught:
                find_hub()
            self.assertEqual(
                str(caught.exception),
                f"no hub is running in {self.folder} (start one with: chathub serve)",
            )

    def test_without_a_token_there_is_no_hub_yet_unless_one_was_named(self):
        self.write("127.0.0.1:1\n")
        with self.assertRaises(NotRunning):
            find_hub()
        with self.assertRaisesRegex(SetUpWrongly, "set CHATHUB_TOKEN, or make .*owner-token"):
            find_hub(HubOptions(address="127.0.0.1:1"))

    def test_an_empty_token_is_a_mistake(self):
        self.write("127.0.0.1:1\n", "\n")
        with self.assertRaises(SetUpWrongly):
            find_hub()

    def test_a_token_that_no_header_can_carry_is_a_mistake_and_not_repeated(self):
        with self.assertRaises(SetUpWrongly) as caught:
            find_hub(HubOptions(address="127.0.0.1:1", token="sec ret"))
        self.assertNotIn("ret", str(caught.exception).replace("characters", ""))

    def test_the_data_folder_is_where_the_hub_has_it(self):
        self.assertEqual(data_folder("given"), "given")
        self.assertEqual(data_folder(), self.folder)
        self.set_environment(XDG_DATA_HOME="/share", HOME="/home/ada")
        self.assertEqual(data_folder(), "/share/chathub")
        self.set_environment(HOME="/home/ada")
        self.assertEqual(data_folder(), "/home/ada/.local/share/chathub")


if __name__ == "__main__":
    unittest.main()

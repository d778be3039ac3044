"""What the README shows is what happens: its programs run as they stand there."""

import re
import unittest
from pathlib import Path

from hub_case import ProgramCase

from chathub import EventKind, Retry
from chathub.testing import HandlerTest

README = Path(__file__).parents[1] / "README.md"


def snippets():
    return re.findall(r"^```python\n(.*?)^```", README.read_text(), re.DOTALL | re.MULTILINE)


class ReadmeTest(ProgramCase):
    def test_the_first_handler_greets(self):
        first, _, _ = snippets()
        self.attached(first)
        adapter = self.adapter()
        adapter.hear("hi Ada")
        adapter.wait_text("hello Ada")


class SnippetTest(unittest.IsolatedAsyncioTestCase):
    async def test_the_clerk_adds_counts_and_welcomes(self):
        _, clerk, _ = snippets()
        place = {}
        exec(clerk, place)
        test = HandlerTest(place["bot"])
        self.assertEqual(await test.say("add 3"), ["3"])
        self.assertEqual(await test.say("count"), ["1 by now"])
        self.assertEqual(await test.say("count"), ["2 by now"])
        await test.happen(EventKind.JOINED, user="ada")
        [(talk, content)] = test.hub.sent
        self.assertEqual((talk.room, content.text), ("test/lab", "welcome ada"))
        with self.assertRaises(Retry):
            await test.happen(EventKind.JOINED, user="")


class KitTest(unittest.TestCase):
    def test_the_test_of_the_readme_passes(self):
        _, clerk, kit = snippets()
        place = {}
        exec(clerk, place)
        exec(kit, place)


if __name__ == "__main__":
    unittest.main()

"""Every room says where to start reading, every link leads somewhere, no path is a machine's own."""

import pathlib
import re
import unittest

from sources import CPP, ROOT, files, lines

# Folders whose subfolders are rooms too.
FLOORS = ("hub", "sdk", "adapters", "handlers")
ROOMS_ALONE = ("proto", "tests", "docs")
ONE_SCREEN = 60
LINK = re.compile(r"\[[^]\n]*\]\(([^)\s]+)\)")
# In two pieces, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:wo" r"rk|ro" r"ot)/\w")
TEXT = (*CPP, ".py", ".sh", ".md", ".txt", ".json", ".proto", ".yaml", ".toml", ".cmake")


def rooms() -> list[str]:
    below = [
        path.relative_to(ROOT).as_posix()
        for floor in FLOORS
        for path in sorted((ROOT / floor).iterdir())
        if path.is_dir() and path.name != "__pycache__"
    ]
    return [*FLOORS, *ROOMS_ALONE, *below]


def beginning(text: str) -> str:
    """The first line that is neither a title nor empty."""
    return next((line for line in text.splitlines() if line and not line.startswith("#")), "")


def dead_links(path: str, text: str) -> list[str]:
    """Relative links that lead nowhere; what stands in fences of code is no link."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    targets = [target.split("#")[0] for target in LINK.findall(prose) if "://" not in target]
    return [t for t in targets if t and not (ROOT / pathlib.Path(path).parent / t).exists()]


class ReadmeTest(unittest.TestCase):
    def test_every_room_says_where_to_start_reading(self):
        for room in rooms():
            with self.subTest(room=room):
                readme = ROOT / room / "README.md"
                self.assertTrue(readme.is_file(), f"{room}/README.md is missing")
                text = readme.read_text()
                self.assertTrue(
                    beginning(text).startswith("Start reading at"),
                    f"{room}/README.md must begin with: Start reading at ...",
                )
                self.assertLessEqual(len(text.splitlines()), ONE_SCREEN, "more than one screen")

    def test_every_link_leads_somewhere(self):
        for path in files(".md"):
            with self.subTest(path=path):
                self.assertEqual(dead_links(path, (ROOT / path).read_text()), [])

    def test_no_path_is_a_machine_s_own(self):
        named = [*files(*TEXT), *files("CMakeLists.txt"), *files("", under=("scripts/",))]
        found = [
            f"{path}:{number}: {line.strip()}"
            for path in named
            for number, line in lines(path)
            if MACHINE_PATH.search(line)
        ]
        self.assertEqual("\n".join(found), "")

    def test_a_dead_link_would_be_seen(self):
        text = "[a](LICENSE) [b](no/such.md#x) [c](https://example.org/)\n```\n[d](e)\n```\n"
        self.assertEqual(dead_links("CONTRIBUTING.md", text), ["no/such.md"])

    def test_the_beginning_is_behind_the_title(self):
        self.assertEqual(beginning("# hub\n\nStart reading at x.\nMore."), "Start reading at x.")


if __name__ == "__main__":
    unittest.main()

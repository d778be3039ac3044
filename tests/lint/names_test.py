"""One idea per file, and words that say something: the size of files, and names that say nothing."""

import pathlib
import re
import unittest

from sources import CPP, files, lines

CODE = (*CPP, ".py", ".sh", ".js", ".ts")
MOST_LINES = 300
# A file of tests is a list: nobody needs to have all of it in mind.
MOST_LINES_OF_TESTS = 400
# Longer, and why it is still one idea. Keep this list empty if you can.
LONG = {}

EMPTY_WORDS = {"manager", "helper", "util", "impl", "base", "data", "info", "misc", "common"}
TYPE = re.compile(r"^\s*(?:class|struct|enum(?: class)?|union)\s+(?:\[\[\w+\]\]\s+)?(\w+)")
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# The folder that a hub lives in is called so; here the word says something.
MEANT = re.compile(r"data_?folder", re.IGNORECASE)


def empty_words(name: str) -> set[str]:
    """The words of `name` that say nothing, in the singular."""
    words = {word.lower() for word in WORD.findall(MEANT.sub("", name))}
    return {word for word in words | {word.rstrip("s") for word in words} if word in EMPTY_WORDS}


def most_lines(path: str) -> int:
    return MOST_LINES_OF_TESTS if "tests" in pathlib.Path(path).parts else MOST_LINES


class NamesTest(unittest.TestCase):
    def test_no_type_has_a_name_that_says_nothing(self):
        found = [
            f"{path}:{number}: {match[1]}"
            for path in files(*CPP, ".py")
            for number, line in lines(path)
            if (match := TYPE.match(line)) and empty_words(match[1])
        ]
        self.assertEqual("\n".join(found), "")

    def test_no_file_has_a_name_that_says_nothing(self):
        found = [path for path in files(*CODE) if empty_words(pathlib.Path(path).stem)]
        self.assertEqual("\n".join(found), "")

    def test_no_file_is_too_long(self):
        lengths = {path: sum(1 for _ in lines(path)) for path in files(*CODE)}
        long = {path: length for path, length in lengths.items() if length > most_lines(path)}
        found = [
            f"{path}: {length} lines, more than {most_lines(path)}: find the second idea in it"
            for path, length in long.items()
            if path not in LONG
        ]
        self.assertEqual("\n".join(found), "")
        self.assertEqual([path for path in LONG if path not in long], [], "no longer long")

    def test_an_empty_word_is_seen_wherever_it_stands(self):
        for name in ["SessionManager", "string_utils", "RouterImpl", "BaseEngine", "InfoOf"]:
            with self.subTest(name=name):
                self.assertTrue(empty_words(name))
        for name in ["Database", "Informed", "RouteTable", "Implied", "Helpful", "DataFolderTest"]:
            with self.subTest(name=name):
                self.assertFalse(empty_words(name))


if __name__ == "__main__":
    unittest.main()

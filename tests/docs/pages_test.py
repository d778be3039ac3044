"""Every snippet of a page does what the page says, in its order, as its reader would type it.

Usage: pages_test.py [PAGE...]    for example: pages_test.py docs/handlers.md
"""

import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))

from page import Snippet, pages, snippets  # noqa: E402
from stage import Failed, Stage  # noqa: E402

PAGES = [argument for argument in sys.argv[1:] if argument.endswith(".md")] or pages()
# How a program in a file is started.
STARTERS = {".py": ["/usr/bin/python3"], ".mjs": ["node"], ".rb": ["ruby"]}


def run_shell(stage, snippet):
    stage.script(snippet.text)


def run_console(stage, snippet):
    """Lines behind `$` are typed, all others come back."""
    lines = snippet.text.splitlines()
    typed = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    expected = [line for line in lines if not line.startswith("$ ")]
    printed = stage.script("\n".join(typed)).splitlines()
    if printed != expected:
        raise Failed(f"expected {expected}, got {printed}")


def run_toml(stage, snippet):
    stage.keep("checked.toml", snippet.text)
    stage.run("chathub", "check", "--config", "checked.toml", hub=False)


def verify_unit(stage, snippet):
    stage.run("systemd-analyze", "verify", "--man=no", snippet.name, hub=False)


def play(stage, snippet):
    path = Path(snippet.name)
    if snippet.language == "go":
        stage.make_go_module(path.parent)
        stage.run("go", "-C", path.parent, "build", "-o", "program", ".", hub=False)
        command = [str(path.parent / "program")]
    elif snippet.language == "cpp":
        command = [str(path.with_suffix(""))]
    else:
        command = [*STARTERS[path.suffix], snippet.name]
    stage.play(snippet.talk, *command)


def look_at(stage, snippet):
    """A picture."""


RUNNERS = {"sh": run_shell, "console": run_console, "toml": run_toml, "text": look_at}


class PagesTest(unittest.TestCase):
    def test_every_snippet_does_what_the_page_says(self):
        for page in PAGES:
            found = snippets(page)
            stage = Stage(page)
            try:
                for number, snippet in enumerate(found):
                    with self.subTest(str(snippet)):
                        self.check(stage, snippet, found[number + 1 :])
            finally:
                stage.end()

    def check(self, stage, snippet, later):
        if snippet.not_run:
            print(f"{snippet}: not run: {snippet.not_run}")
            return
        began = time.monotonic()
        try:
            self.run_one(stage, snippet, later)
        except Failed as failure:
            self.fail(f"{snippet}: {failure}")
        print(f"{snippet}: {time.monotonic() - began:.1f} s", flush=True)

    def run_one(self, stage, snippet, later):
        if snippet.name:
            stage.keep(snippet.name, snippet.text)
            if snippet.language == "cpp":
                stage.keep_program(snippet.name)
        if snippet.name.endswith(".service"):
            verify_unit(stage, snippet)
        elif snippet.talk:
            play(stage, snippet)
        elif snippet.language in RUNNERS:
            RUNNERS[snippet.language](stage, snippet)
        else:
            self.assertTrue(is_used(snippet, later), f"{snippet} is neither run nor marked")


def is_used(snippet: Snippet, later: "list[Snippet]") -> bool:
    """A file counts as run where something below it names it, as its language does."""
    path = Path(snippet.name)
    names = {
        ".go": [f"go -C {path.parent} "],
        ".cc": [f" {path.with_suffix('')}\n", f"\n{path.with_suffix('')}\n"],
        ".py": [path.name, f"from {path.stem} import"],
    }.get(path.suffix, [path.name])
    texts = [other.text + other.not_run for other in later]
    return bool(snippet.name) and any(name in text for name in names for text in texts)


class PageTest(unittest.TestCase):
    """The reading of pages itself."""

    TEXT = "a\n<!-- hi.py\nada: hi\n-->\n\n```python\nx\n```\n\n<!-- not run: why -->\n```c\n```\n```sh\nls\n```\n"

    def test_a_comment_says_what_is_done_with_a_snippet(self):
        first, second, third = snippets("p.md", self.TEXT)
        self.assertEqual((first.name, first.talk, first.line), ("hi.py", "ada: hi", 6))
        self.assertEqual((second.name, second.not_run), ("", "why"))
        self.assertEqual((third.language, third.text), ("sh", "ls\n"))

    def test_a_file_that_nothing_uses_is_not_run(self):
        first, _, last = snippets("p.md", self.TEXT)
        self.assertFalse(is_used(first, [last]))
        self.assertTrue(is_used(first, [Snippet("p.md", 9, "sh", "python hi.py")]))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

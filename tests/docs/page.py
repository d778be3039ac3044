"""The fenced snippets of a page, and what the tests shall do with each.

An HTML comment above a fence tells: `<!-- NAME -->` keeps the snippet as a file for those below it;
lines of a talk behind the name are played against it (sdk/transcript); `<!-- not run: REASON -->`.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2]
_FENCE = re.compile(
    r"^(?:<!--(?P<note>(?:(?!-->).)*)-->\n+)?"
    r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)```$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Snippet:
    page: str
    line: int
    language: str
    text: str
    name: str = ""
    talk: str = ""
    not_run: str = ""

    def __str__(self):
        return f"{self.page}:{self.line}"


def pages():
    """Every page whose snippets must run, as paths from the root."""
    found = [SOURCES / "README.md", *sorted((SOURCES / "docs").glob("*.md"))]
    return [path.relative_to(SOURCES).as_posix() for path in found]


def snippets(page, text=None):
    text = (SOURCES / page).read_text() if text is None else text
    return [_snippet(page, text, match) for match in _FENCE.finditer(text)]


def _snippet(page, text, match):
    line = text.count("\n", 0, match.start("indent")) + 1
    note = (match["note"] or "").strip()
    if note.startswith("not run:"):
        note, reason = "", note.removeprefix("not run:").strip()
    else:
        reason = ""
    name, _, talk = note.partition("\n")
    return Snippet(page, line, match["language"], match["text"], name.strip(), talk, reason)


def stem(page):
    """How files and tests are called after a page: `docs/handlers.md` is `docs_handlers`."""
    return page.removesuffix(".md").replace("/", "_").lower()


def write_cpp(folder):
    """Puts every named program in C++ there, for CMake, and prints their paths from it."""
    for page in pages():
        for snippet in snippets(page):
            if snippet.language == "cpp" and snippet.name:
                path = Path(folder) / stem(page) / snippet.name
                path.parent.mkdir(parents=True, exist_ok=True)
                if not path.exists() or path.read_text() != snippet.text:
                    path.write_text(snippet.text)
                print(path.relative_to(folder))


if __name__ == "__main__":
    write_cpp(sys.argv[1])

"""Which files the house rules are about."""

import pathlib
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).resolve().parents[2]
CPP = (".h", ".cc")
# What tools and people leave in the folder of the sources.
LEFT_OUT = ("build", ".", "node_modules", "__pycache__")
# Written by programs; `scripts/format --check` watches over them.
GENERATED = (
    "sdk/python/src/chathub/v1/",
    "sdk/python/src/chathub/internal/",
    "sdk/node/wire/",
)


def files(*suffixes: str, root: pathlib.Path = ROOT, under: tuple = ("",)) -> Iterator[str]:
    """Paths from the root of files that end so, in the folders given, in the order of the names."""
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if any(part.startswith(LEFT_OUT) for part in relative.parts[:-1]) or not path.is_file():
            continue
        if str(relative).startswith(GENERATED):
            continue
        if path.name.endswith(suffixes) and str(relative).startswith(tuple(under)):
            yield str(relative)


def lines(path: str, root: pathlib.Path = ROOT) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers, from 1."""
    return enumerate((root / path).read_text(encoding="utf-8").splitlines(), start=1)

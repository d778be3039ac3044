"""The text of a message, for chat services that know nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from chathub.v1 import message_pb2 as wire


def plain_text(content: wire.Content) -> str:
    """The content's text, else its blocks written as text; then one line per attachment."""
    lines = [content.text or _blocks(content.blocks)]
    for attachment in content.attachments:
        url = f" {attachment.url}" if attachment.HasField("url") else ""
        lines.append(f"[{attachment.name}]{url}")
    return "\n".join(line for line in lines if line)


def _blocks(blocks: Iterable[wire.Block]) -> str:
    return "\n".join(_block(block) for block in blocks)


def _block(block: wire.Block) -> str:
    kind = block.WhichOneof("kind")
    return _WRITERS[kind](getattr(block, kind)) if kind else ""


def _spans(spans: Iterable[wire.Span]) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: wire.Span) -> str:
    named = span.link and span.link != span.text
    return f"{span.text} <{span.link}>" if named else str(span.text)


def _indent(text: str, first: str, rest: str) -> str:
    return first + text.replace("\n", f"\n{rest}")


def _list(block: wire.ListBlock) -> str:
    lines = []
    for number, item in enumerate(block.items, start=1):
        mark = f"{number}. " if block.ordered else "- "
        lines.append(_indent(_blocks(item.blocks), mark, " " * len(mark)))
    return "\n".join(lines)


def _table(table: wire.TableBlock) -> str:
    rows = [table.header] if table.HasField("header") else []
    return "\n".join(_row(row) for row in [*rows, *table.rows])


def _row(row: wire.TableRow) -> str:
    return " | ".join(_spans(cell.spans) for cell in row.cells)


_WRITERS: dict[str, Callable[[Any], str]] = {
    "paragraph": lambda paragraph: _spans(paragraph.spans),
    "heading": lambda heading: _spans(heading.spans),
    "list": _list,
    "quote": lambda quote: _indent(_blocks(quote.blocks), "> ", "> "),
    "code": lambda code: str(code.text),
    "table": _table,
    "divider": lambda divider: "---",
}

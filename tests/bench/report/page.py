"""The page: all its figures come from a run, and the words between them are here."""

import json
import os
import pathlib
import platform
import time
from collections.abc import Mapping

from curves import CURVES

from .drawing import draw

DOCS = pathlib.Path(__file__).resolve().parents[3] / "docs"
RUN = DOCS / "performance.json"
PAGE = "performance.md"

HEAD = """\
# How fast it is

`scripts/bench` makes this page of what it has measured ([performance.json](performance.json));
no figure in it is written by hand. The commands:

| command | measures |
|---|---|
| `scripts/bench` | the goals, each beside its reference in the same run |
| `scripts/bench --keep` | likewise, and writes them into this page |
| `scripts/bench --curves` | how the hub grows, and writes that into this page |
| `scripts/bench --counts` | instructions of single steps, beside `tests/bench/counts.json` |
| `scripts/bench --soak 60` | an hour of load and churn: memory and open files |

Machines are noisy and differ: only what was measured side by side compares. A ratio is the median
of the ratios within each round; the spread is the lowest and the highest of them.
"""

GOALS = """
## Goals

Made by `scripts/bench --keep` on {when}, on {machine}.
[tests/bench](../tests/bench/README.md) says what each part is.

| goal | what | value | reference | ratio | spread | bound | met |
|---|---|---|---|---|---|---|---|
"""

CURVES_HEAD = """
## Growth

Made by `scripts/bench --curves` on {when}, on {machine}.
64 messages of 100 bytes are under way from one adapter through the hub to handlers and back, unless
the curve is about that; p99 is of their round trip, with the machine fully loaded by all of it;
memory is the hub's resident memory.
"""


def occasion() -> dict[str, str]:
    """When and where a run takes place."""
    return {
        "when": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Linux {platform.release()}",
    }


def number(value: float | None) -> str:
    """For a person: three digits that matter."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def keep(section: str, measured) -> None:
    """Writes one section of the run, and everything that is made of it."""
    run = json.loads(RUN.read_text()) if RUN.exists() else {}
    run[section] = {**occasion(), "measured": measured}
    RUN.write_text(json.dumps(run, indent=1) + "\n")
    for name, text in render(run).items():
        (DOCS / name).write_text(text)


def render(run: Mapping) -> dict[str, str]:
    """All files under docs that a run makes, by name."""
    files = {PAGE: HEAD}
    if "goals" in run:
        files[PAGE] += GOALS.format(**run["goals"]) + goal_rows(run["goals"]["measured"])
    if "curves" in run:
        files[PAGE] += CURVES_HEAD.format(**run["curves"])
        for curve in CURVES:
            points = run["curves"]["measured"][curve.id]
            drawing = f"performance-{curve.id}.svg"
            files[drawing] = draw(curve.title, curve.axis, points)
            files[PAGE] += curve_part(curve, drawing, points)
    return files


def goal_rows(goals: list[Mapping]) -> str:
    rows = ""
    for goal in goals:
        for part in goal["parts"]:
            spread = " to ".join(number(value) for value in part["spread"])
            figures = [number(part[key]) for key in ("value", "reference", "ratio")]
            figures[0] += f" {part['unit']}" if part["unit"] else ""
            met = "yes" if part["met"] else "**no**"
            cells = (goal["id"], part["part"], *figures, spread, part["goal"], met)
            rows += "| " + " | ".join(cells) + " |\n"
    return rows


def curve_part(curve, drawing: str, points: list[Mapping]) -> str:
    text = f"\n### {curve.title}\n\n![{curve.title}]({drawing})\n\n"
    text += f"| {curve.axis} | messages/s | p99, ms | memory, MiB |\n|---|---|---|---|\n"
    for point in points:
        cells = (point["rate"], point["p99"] / 1_000, point["rss"] / 1_024)
        text += f"| {point['at']:,} | " + " | ".join(number(cell) for cell in cells) + " |\n"
    return text + f"\n{curve.why}\n"

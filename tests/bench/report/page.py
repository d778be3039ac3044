"""The page: all its figures come from a run, and the words between them are here."""

import json
import os
import pathlib
import platform
import time
from collections.abc import Mapping

from costs import PLACES
from curves import CURVES

from .drawing import draw
from .floors import FLOORS

DOCS = pathlib.Path(__file__).resolve().parents[3] / "docs"
RUN = DOCS / "performance.json"
EARLIER = 3  # runs, whose figures are shown beside the last one's
PAGE = "performance.md"

HEAD = """\
# How fast it is

`scripts/bench` makes this page of what it has measured ([performance.json](performance.json));
no figure of its tables is written by hand. The commands:

| command | measures |
|---|---|
| `scripts/bench` | the goals, each beside its reference in the same run |
| `scripts/bench --keep` | likewise, and writes them into this page |
| `scripts/bench --curves` | how the hub grows, and writes that into this page |
| `scripts/bench --costs` | where the time of a message goes, and writes that into this page |
| `scripts/bench --counts` | instructions of single steps, beside `tests/bench/counts.json` |
| `scripts/bench --soak 60` | an hour of load and churn: memory and open files |

Machines are noisy and differ: only what was measured side by side compares. A ratio is the median
of the ratios within each round; the spread is the lowest and the highest of them.

A disturbed machine is not slow for all alike. While others work on the same hardware, a loop that only
computes takes 1.8 times as long on ours, a program with much code more, and the kernel's part of a
message hardly longer. On 2026-11-22 at 02:14 a message cost the hub 2.3 us in the kernel and 6.3 elsewhere,
a relay with single frames 9.2 and 6.7; at 06:23, disturbed, the hub 2.6 and 17.7, the relay 10.6 and
15.1 (`--costs`). So whoever spares the kernel by thinking loses its lead there: P1, P2 and P5 do. P7
and P8, which do nothing but compute, show how disturbed a run was.

On the same day gRPC became part of our programs, where it had been a hundred shared libraries, and of
the bare relays too: side by side, the hub did 1.06 of the messages with 64 under way, 1.2 with eight
handlers and 1.39 with one under way; the relays 1.18 to 1.3.
"""

GOALS = """
## Goals

Made by `{command}` on {when}, on {machine}.
[tests/bench](../tests/bench/README.md) says what each part is.{earlier}

| goal | what | value | reference | ratio | spread | earlier | bound | met |
|---|---|---|---|---|---|---|---|---|
"""

FLOORS_HEAD = """
### What stands in the way of what is missed
"""

COSTS_HEAD = """
## Where the time goes

Made by `{command}` on {when}, on {machine}:
microseconds of processor time per message, sampled by perf. What a bare relay, which neither thinks
nor remembers, pays for the same messages stands beside it. "own" is the program's own code and
what Protocol Buffers made for it; a load or a handler of a relay's is bare gRPC too.

| what | process | all | {places} |
|---|---|---|{lines}|
"""

CURVES_HEAD = """
## Growth

Made by `{command}` on {when}, on {machine}.
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


def figures(goals: Mapping) -> dict:
    """What is kept of a run when the next one takes its place: by goal, a figure for each part."""
    shown = {
        goal["id"]: [
            part["value" if part["ratio"] is None else "ratio"] for part in goal["parts"]
        ]
        for goal in goals["measured"]
    }
    return {"when": goals["when"], "figures": shown}


def number(value: float | None) -> str:
    """For a person: three digits that matter."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def keep(section: str, measured, command: str) -> None:
    """Writes one section of the run, which `command` made, and everything that is made of it."""
    run = json.loads(RUN.read_text()) if RUN.exists() else {}
    earlier = run.get(section, {})
    run[section] = {"command": command, **occasion(), "measured": measured}
    if section == "goals" and earlier:
        run[section]["earlier"] = [*earlier.get("earlier", ()), figures(earlier)][-EARLIER:]
    RUN.write_text(json.dumps(run, indent=1) + "\n")
    for name, text in render(run).items():
        (DOCS / name).write_text(text)


def render(run: Mapping) -> dict[str, str]:
    """All files under docs that a run makes, by name."""
    files = {PAGE: HEAD}
    if "goals" in run:
        files[PAGE] += goals_part(run["goals"])
    if "costs" in run:
        files[PAGE] += costs_part(run["costs"])
    if "curves" in run:
        files[PAGE] += CURVES_HEAD.format(**run["curves"])
        for curve in CURVES:
            points = run["curves"]["measured"][curve.id]
            drawing = f"performance-{curve.id}.svg"
            files[drawing] = draw(curve.title, curve.axis, points)
            files[PAGE] += curve_part(curve, drawing, points)
    return files


def goals_part(goals: Mapping) -> str:
    earlier = goals.get("earlier", [])
    told = " Earlier runs were on " + " and ".join(run["when"] for run in earlier) + "."
    text = GOALS.format(**{**goals, "earlier": told if earlier else ""})
    for goal in goals["measured"]:
        for place, part in enumerate(goal["parts"]):
            before = [
                number(value)
                for run in earlier
                for value in run["figures"].get(goal["id"], ())[place : place + 1]
            ]
            text += goal_row(goal["id"], part, ", ".join(before))
    missed = {goal["id"] for goal in goals["measured"] if not goal["met"]}
    floors = [f"\n**{id}** {floor}\n" for id, floor in FLOORS.items() if id in missed]
    return text + (FLOORS_HEAD if floors else "") + "".join(floors)


def goal_row(id: str, part: Mapping, earlier: str) -> str:
    spread = " to ".join(number(value) for value in part["spread"])
    shown = [number(part[key]) for key in ("value", "reference", "ratio")]
    shown[0] += f" {part['unit']}" if part["unit"] else ""
    met = "yes" if part["met"] else "**no**"
    cells = (id, part["part"], *shown, spread, earlier, part["goal"], met)
    return "| " + " | ".join(cells) + " |\n"


def costs_part(costs: Mapping) -> str:
    lines = "|".join("---" for _ in PLACES)
    text = COSTS_HEAD.format(**costs, places=" | ".join(PLACES), lines=lines)
    case = ""
    for row in costs["measured"]:
        title = "" if row["case"] == case else f"{row['case']} ({number(row['rate'])} /s)"
        case = row["case"]
        cells = [f"{row[key]:.1f}" for key in ("all", *PLACES)]
        text += f"| {title} | {row['process']} | " + " | ".join(cells) + " |\n"
    return text


def curve_part(curve, drawing: str, points: list[Mapping]) -> str:
    text = f"\n### {curve.title}\n\n![{curve.title}]({drawing})\n\n"
    text += f"| {curve.axis} | messages/s | p99, ms | memory, MiB |\n|---|---|---|---|\n"
    for point in points:
        cells = (point["rate"], point["p99"] / 1_000, point["rss"] / 1_024)
        text += f"| {point['at']:,} | " + " | ".join(number(cell) for cell in cells) + " |\n"
    return text + f"\n{curve.why}\n"

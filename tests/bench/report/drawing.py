"""A curve as SVG: three panels over one logarithmic axis, legible on light and dark pages."""

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 780, 250
PANEL_WIDTH, PANEL_HEIGHT = 200, 150
LEFT, TOP, GAP = 52, 56, 60

STYLE = """\
    text { font: 12px system-ui, sans-serif; fill: #1f2328; }
    .title { font-size: 15px; font-weight: 600; }
    .axis { stroke: #8c959f; }
    .grid { stroke: #d0d7de; }
    .line { fill: none; stroke: #0969da; stroke-width: 2; }
    .dot { fill: #0969da; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .axis { stroke: #6e7681; }
      .grid { stroke: #30363d; }
      .line { stroke: #58a6ff; }
      .dot { fill: #58a6ff; }
    }"""

# What a panel shows: its key, what is written above it, and by what the figure is divided.
PANELS = (("rate", "messages/s", 1), ("p99", "p99, ms", 1_000), ("rss", "memory, MiB", 1_024))


def short(number: float) -> str:
    """As people write it on an axis: 25k, 1.5."""
    if number >= 1_000:
        return f"{number / 1_000:g}k"
    return f"{number:g}"


def ceiling(highest: float) -> float:
    """The round number at the top of an axis."""
    step = 10 ** math.floor(math.log10(max(highest, 1e-9)))
    return next(step * factor for factor in (1, 2, 4, 5, 8, 10) if step * factor >= highest)


def place(at: float, first: float, last: float) -> float:
    """From 0 to 1 on a logarithmic axis that may begin with 0."""
    low, high, here = (math.log10(value + 1) for value in (first, last, at))
    return (here - low) / (high - low) if high > low else 0.5


def draw(title: str, axis: str, points: Sequence[Mapping[str, float]]) -> str:
    """The whole file."""
    panels = [
        panel(LEFT + number * (PANEL_WIDTH + GAP), axis, points, *which)
        for number, which in enumerate(PANELS)
    ]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"  <title>{escape(title)}</title>",
        f"  <style>\n{STYLE}\n  </style>",
        f'  <text class="title" x="12" y="22">{escape(title)}</text>',
        *(line for panel_lines in panels for line in panel_lines),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def panel(left: float, axis: str, points, key: str, label: str, unit: float) -> list[str]:
    """One figure against the axis."""
    values = [point[key] / unit for point in points]
    top = ceiling(max(values))
    bottom = TOP + PANEL_HEIGHT
    lines = [f'  <text x="{left}" y="{TOP - 10}">{escape(label)}</text>']
    for part in (0, 0.5, 1):
        y = bottom - part * PANEL_HEIGHT
        kind = "grid" if part else "axis"
        right = left + PANEL_WIDTH
        lines.append(f'  <line class="{kind}" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>')
        words = short(round(top * part, 3))
        lines.append(f'  <text x="{left - 6}" y="{y + 4}" text-anchor="end">{words}</text>')
    first, last = points[0]["at"], points[-1]["at"]
    spots = [
        (left + place(point["at"], first, last) * PANEL_WIDTH, bottom - value / top * PANEL_HEIGHT)
        for point, value in zip(points, values, strict=True)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    lines.append(f'  <polyline class="line" points="{path}"/>')
    for (x, y), point, value in zip(spots, points, values, strict=True):
        told = f"{point['at']:,} {axis}: {value:,.4g} {label}"
        dot = f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5">'
        lines.append(f"  {dot}<title>{escape(told)}</title></circle>")
    for point, (x, _), anchor in ((points[0], spots[0], "start"), (points[-1], spots[-1], "end")):
        words = short(point["at"]) if anchor == "start" else f"{short(point['at'])} {axis}"
        lines.append(
            f'  <text x="{x:.1f}" y="{bottom + 18}" text-anchor="{anchor}">{words}</text>'
        )
    return lines

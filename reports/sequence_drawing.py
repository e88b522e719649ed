"""Draws a message sequence as SVG: lanes from left to right, time from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from .formatting import duration
from .parts import Plot
from .sequence_story import Arrow, Story

PANEL = 22  # rows a drawing, so that each fits on a page
GUTTER, HEAD, ROW, TOP = 104, 52, 34, 64
LANE = 152
WAIT = 3_600.0  # seconds; a longer wait is drawn as a break
BLUE, RED, GREEN, GREY, INK, AMBER = "#0072B2", "#B3261E", "#00694C", "#8a939c", "#1d2733", "#8A5A00"
COLOURS = {"refused": RED, "lost": RED, "good": GREEN, "warn": AMBER, "plain": BLUE, "step": INK}
SIGNS = {"refused": "✕ ", "lost": "✕ ", "good": "✓ ", "warn": "⚠ "}
LETTER = 6.3  # width of a letter of the labels


def draw(story: Story, home: int) -> list[Plot]:
    """One drawing, or several when the story is long; each repeats the names of the lanes."""
    panels = list(_panels(list(_rows(story.arrows))))
    out = []
    for i, panel in enumerate(panels, 1):
        part = f", part {i} of {len(panels)}" if len(panels) > 1 else ""
        crosses = sum(isinstance(row, Arrow) and row.look in ("refused", "lost") for row in panel)
        alt = f"Message sequence of home {home}, {story.variant}{part}: {len(panel)} lines, {crosses} of them refusals."
        name = f"message sequence {story.variant}" + (f" {i}" if part else "")
        caption = f"{story.variant}: home {home}{part}"
        out.append(Plot(name, caption, alt + " The same as a table stands below.", _svg(story, panel, alt)))
    return out


def _rows(arrows: list[Arrow]) -> Iterator[Arrow | float]:
    """Arrows, and the length of each long wait between them."""
    before: datetime | None = None
    for arrow in arrows:
        if before is not None and (arrow.time - before).total_seconds() >= WAIT:
            yield (arrow.time - before).total_seconds()
        before = arrow.time
        yield arrow


def _panels(rows: list[Arrow | float]) -> Iterator[list[Arrow | float]]:
    """Cut where a step begins, when one begins in the second half of the page; never for a line or two."""
    while len(rows) > PANEL + 4:
        steps = [i for i in range(PANEL // 2, PANEL + 1) if isinstance(row := rows[i], Arrow) and row.look == "step"]
        cut = steps[-1] if steps else PANEL
        yield rows[:cut]
        rows = rows[cut:]
    yield rows


def _svg(story: Story, rows: list[Arrow | float], alt: str) -> str:
    x = {lane: GUTTER + LANE * (i + 0.5) for i, lane in enumerate(story.lanes)}
    width, height = GUTTER + LANE * len(x) + 8, TOP + ROW * len(rows) + 18
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" aria-label="{escape(alt)}" font-size="12"'
        ' font-family="system-ui, Segoe UI, Roboto, Arial, sans-serif">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for lane, (name, role) in story.lanes.items():
        parts.append(_lane(x[lane], name, role, height))
    time = ""
    for i, row in enumerate(rows):
        y = TOP + ROW * (i + 0.72)
        if isinstance(row, float):
            parts.append(_wait(y - 6, row, list(x.values()), width))
            time = ""
            continue
        stamp = f"{row.time:%H:%M:%S}"
        day = f"{row.time.day} {row.time:%b} "
        if stamp != time and row.source != "all":
            parts.append(_text(GUTTER - 12, y + 4, day + stamp, "#55606b", "end", 11))
            time = stamp
        parts.append(_banner(y, row, width) if row.source == "all" else _arrow(y, row, x, width))
    return "".join(parts) + "</svg>"


def _lane(x: float, name: str, role: str, height: float) -> str:
    small = _text(x, 40, role, "#55606b", size=10.5) if role else ""
    return (
        f'<line x1="{x}" y1="{HEAD}" x2="{x}" y2="{height - 8}" stroke="#c3cad1"/>'
        f'<rect x="{x - 66}" y="8" width="132" height="40" rx="5" fill="#eef2f6" stroke="#b4bec8"/>'
        + _text(x, 25 if role else 32, _fit(name, 126), INK, weight="600")
        + small
    )


def _arrow(y: float, arrow: Arrow, x: dict[str, float], width: float) -> str:
    colour = COLOURS[arrow.look]
    label = _fit(SIGNS.get(arrow.look, "") + arrow.label, width - GUTTER - 12)
    start, end = x[arrow.source], x[arrow.target]
    size = len(label) * LETTER
    if start == end:  # a note
        left = min(max(start - size / 2 - 8, GUTTER - 6), width - size - 20)
        shape = f'x="{left}" y="{y - 13}" width="{size + 16}" height="20" rx="10"'
        box = f'<rect {shape} fill="#ffffff" stroke="{colour}"/>'
        return box + _text(left + size / 2 + 8, y + 1.5, label, colour, size=11.5)
    way = 1 if end > start else -1
    dash = ' stroke-dasharray="6 4"' if arrow.look == "refused" else ""
    stop = end - way * (11 if arrow.look == "lost" else 2)
    line = f'<line x1="{start}" y1="{y}" x2="{stop}" y2="{y}" stroke="{colour}" stroke-width="1.8"{dash}/>'
    tip = f'<path d="M{end} {y} l{-way * 9} -4.5 v9 z" fill="{colour}"/>'
    if arrow.look == "lost":
        tip = _cross(end - way * 8, y, colour)
    elif arrow.look == "refused":
        line += _cross(start, y, colour)
    left = (
        min(start, end) + (abs(end - start) - size) / 2
    )  # a long label begins with its arrow and runs on to the right
    left = max(min(max(left, min(start, end) + 4), width - size - 4), GUTTER)
    return (
        line
        + tip
        + _text(
            left + size / 2,
            y - 6 if arrow.look != "refused" else y - 8,
            label,
            colour if arrow.look != "plain" else INK,
            size=11.5,
        )
    )


def _cross(x: float, y: float, colour: str) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="8" fill="#ffffff" stroke="{colour}" stroke-width="1.6"/>'
        f'<path d="M{x - 3.6} {y - 3.6} l7.2 7.2 m0 -7.2 l-7.2 7.2" stroke="{colour}" stroke-width="2.2"/>'
    )


def _banner(y: float, arrow: Arrow, width: float) -> str:
    colour = COLOURS[arrow.look] if arrow.look != "plain" else "#4a5560"
    fill = "#e3e9ef" if arrow.look == "step" else "#ffffff"
    sign = SIGNS.get(arrow.look, "")
    day = f" · {arrow.time:%a} {arrow.time.day} {arrow.time:%b} {arrow.time:%H:%M}" if arrow.look == "step" else ""
    box = (
        f'<rect x="4" y="{y - 17}" width="{width - 8}" height="22" rx="4" fill="{fill}"'
        f' stroke="{colour}" stroke-width="{0 if arrow.look == "step" else 1}"/>'
    )
    return box + _text(16, y - 1.5, sign + arrow.label + day, colour, "start", 12, "600")


def _wait(y: float, seconds: float, lanes: list[float], width: float) -> str:
    zigzags = "".join(
        f'<rect x="{x - 8}" y="{y - 8}" width="16" height="16" fill="#ffffff"/>'
        f'<path d="M{x} {y - 9} l5 4.5 l-10 4.5 l10 4.5 l-5 4.5" fill="none" stroke="{GREY}"/>'
        for x in lanes
    )
    return zigzags + _text(GUTTER - 12, y + 4, duration(seconds), AMBER, "end", 11.5, "600")


def _fit(text: str, width: float) -> str:
    letters = int(width / LETTER)
    return text if len(text) <= letters else text[: letters - 1] + "…"


def _text(
    x: float, y: float, text: str, colour: str, anchor: str = "middle", size: float = 12, weight: str = "400"
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size:g}" font-weight="{weight}" fill="{colour}"'
        f' stroke="#ffffff" stroke-width="3" stroke-opacity="0.85" paint-order="stroke">{escape(text)}</text>'
    )

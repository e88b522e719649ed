"""How all plots look, and how they become SVG and PNG."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from .formatting import slug
from .parts import Plot

WIDTH = 8.0  # inches; the page's text is as wide

# Okabe and Ito's palette: told apart with any colour vision, and by lightness in black and white.
BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, YELLOW, GREY = "#56B4E9", "#CC79A7", "#F0E442", "#8A8A8A"
INK, PALE = "#1d2733", "#d5dbe1"
# Variants in order: colour, marker, hatch, line. Never colour alone.
VARIANT_LOOKS = [
    (BLUE, "o", "", "-"),
    (ORANGE, "s", "///", "--"),
    (GREEN, "^", "...", "-."),
    (PURPLE, "D", "xxx", ":"),
    (SKY, "P", "\\\\\\", "-"),
    (VERMILION, "v", "ooo", "--"),
    (GREY, "X", "+++", "-."),
    (INK, "*", "|||", ":"),
]

_STYLE: Any = {
    "axes.axisbelow": True,
    "axes.edgecolor": "#7a8691",
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titleweight": "bold",
    "axes.titlesize": 10.5,
    "axes.titlelocation": "left",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "grid.color": "#e6eaee",
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "meterbed",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
_FONTS = "'DejaVu Sans', Verdana, 'Segoe UI', Arial, sans-serif"


def look(number: int) -> tuple[str, str, str, str]:
    """Colour, marker, hatch and line of the variant of that number."""
    return VARIANT_LOOKS[number % len(VARIANT_LOOKS)]


def style() -> Any:
    """A context in which figures are drawn."""
    return mpl.rc_context(_STYLE)


def figure(height: float) -> Figure:
    """Of the page's width; `height` in inches."""
    return Figure(figsize=(WIDTH, height), layout="constrained")


def widths(count: int) -> list[float]:
    """Of lines that may lie upon each other: the first is the widest, so that all of them can be seen."""
    return [1.4 + 2.6 * (count - 1 - i) / max(count - 1, 1) if count > 1 else 2.0 for i in range(count)]


def side_by_side(names: Sequence[str], beside: int = 0) -> int:
    """Columns of a legend of these names, so that it is no wider than the page; `beside` names stand there too."""
    widest = max((len(name) for name in names), default=1) + 7
    return max(1, min(len(names) + beside, 100 // widest))


def label_bars(axes: Any, bars: Any, texts: Sequence[str]) -> None:
    """Writes a text behind each horizontal bar."""
    axes.bar_label(bars, labels=list(texts), padding=4, fontsize=9)


def finish(drawing: Figure, name: str, caption: str, alt: str) -> Plot:
    """The same figure always gives the same bytes."""
    FigureCanvasAgg(drawing)
    picture = io.BytesIO()
    drawing.savefig(picture, format="png", dpi=150, metadata={"Software": None})
    FigureCanvasSVG(drawing)
    text = io.StringIO()
    drawing.savefig(text, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return Plot(name, caption, alt, _page_svg(text.getvalue(), slug(name)), picture.getvalue())


def _page_svg(svg: str, prefix: str) -> str:
    """An <svg> that can stand in a page beside others: no prologue, no outside address, its own ids."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    svg = re.sub(r'href="#', f'href="#{prefix}-', svg)
    svg = re.sub(r"url\(#", f"url(#{prefix}-", svg)
    return re.sub(r"font-family: [^;\"]*|(?<=px )'DejaVu Sans'[^;\"]*", lambda hit: _font(hit[0]), svg)


def _font(found: str) -> str:
    return f"font-family: {_FONTS}" if found.startswith("font-family") else _FONTS

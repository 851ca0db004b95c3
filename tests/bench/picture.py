"""One picture of cost against size: a panel a cost, a line a side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import log10

from markupsafe import Markup

from qa.evaluation.svg import element

Figures = dict[str, float]
Sides = tuple[Figures, Figures]  # Footnote's and the other side's, which may be empty

_PANELS = (
    ("retrieve_p50", "retrieve, p50 ms"),
    ("ask_p50", "answer, p50 ms"),
    ("ingest_work", "ingest, processor ms a passage"),
    ("memory", "peak memory of ingest, MB"),
)
_COLOURS = ("#0b6e6e", "#b45309")
_NAMES = ("Footnote", "LlamaIndex + Chroma")
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 230, 190, 44, 214, 34, 150


def draw(measured: Sequence[Sides]) -> str:
    """The SVG; passages grow by powers of ten, costs from 0."""
    panels = [
        element("g", _panel(key, name, measured), transform=f"translate({number * _WIDTH} 0)")
        for number, (key, name) in enumerate(_PANELS)
    ]
    legend = [
        element("text", name, x=_LEFT + number * 80, y=_HEIGHT - 4, fill=colour)
        for number, (name, colour) in enumerate(zip(_NAMES, _COLOURS, strict=True))
    ]
    box = f"0 0 {_WIDTH * len(_PANELS)} {_HEIGHT}"
    style = {"font_family": "sans-serif", "font_size": 11}
    space = "http://www.w3.org/2000/svg"
    return element("svg", *panels, *legend, xmlns=space, viewBox=box, role="img", **style)


def _panel(key: str, name: str, measured: Sequence[Sides]) -> Markup:
    lines = [
        sorted((side[key], side["passages"])[::-1] for side in sides if key in side)
        for sides in zip(*measured, strict=True)
    ]
    points = [point for line in lines for point in line]
    if not points:
        return Markup()
    most, sizes = max(cost for _, cost in points), sorted({size for size, _ in points})
    low, high = log10(sizes[0]), max(log10(sizes[-1]), log10(sizes[0]) + 1)

    def place(size: float, cost: float) -> tuple[float, float]:
        share = (log10(size) - low) / (high - low)
        return _LEFT + (_RIGHT - _LEFT) * share, _BOTTOM - (_BOTTOM - _TOP) * cost / most

    axis = element("line", x1=_LEFT, x2=_RIGHT, y1=_BOTTOM, y2=_BOTTOM, stroke="#888")
    parts = [element("text", name, x=8, y=16, font_weight="bold"), axis]
    parts.append(element("text", f"{most:,.0f}", x=_LEFT - 4, y=_TOP + 4, text_anchor="end"))
    for size in {round(size, -2): size for size in sizes}.values():
        across = place(size, 0)[0]
        label = f"{size / 1000:,.0f} k"
        parts.append(element("text", label, x=across, y=_BOTTOM + 15, text_anchor="middle"))
    for line, colour in zip(lines, _COLOURS, strict=True):
        placed = [place(*point) for point in line]
        parts += [
            element("line", x1=a[0], y1=a[1], x2=b[0], y2=b[1], stroke=colour, stroke_width=2)
            for a, b in pairwise(placed)
        ]
        parts += [element("circle", cx=x, cy=y, r=3, fill=colour) for x, y in placed]
    return Markup().join(parts)

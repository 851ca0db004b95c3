"""Inline SVG: elements, scales and the frame that plots stand in. All words are escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from markupsafe import Markup, escape

WIDTH, HEIGHT = 340, 252
LEFT, RIGHT, TOP, BOTTOM = 42, 328, 32, 206


def element(name: str, *inner: str, **attributes: object) -> Markup:
    """An element; `_` in attribute names stands for `-`, and `class_` for `class`."""
    pairs = [
        f' {key.rstrip("_").replace("_", "-")}="{_plain(value)}"'
        for key, value in attributes.items()
    ]
    return Markup(f"<{name}{''.join(pairs)}>{Markup().join(inner)}</{name}>")


def _plain(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(escape(value))


@dataclass(frozen=True, slots=True)
class Scale:
    """From a value to a place in the drawing."""

    top: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = min(max(value / self.top, 0.0), 1.0)
        return self.start + (self.end - self.start) * share


def across(top: float) -> Scale:
    """The scale of the x axis, from 0 to `top`."""
    return Scale(top, LEFT, RIGHT)


def upwards(top: float) -> Scale:
    """The scale of the y axis, from 0 to `top`."""
    return Scale(top, BOTTOM, TOP)


def frame(
    x: Scale, y: Scale, titles: tuple[str, str], forms: Sequence[Callable[[float], str]]
) -> Markup:
    """Grid, tick labels and titles of both axes; `forms` write the numbers of x and of y."""
    parts = []
    for value in ticks(y.top):
        level = y(value)
        parts.append(element("line", class_="grid", x1=LEFT, x2=RIGHT, y1=level, y2=level))
        label = forms[1](value)
        parts.append(element("text", label, x=LEFT - 7, y=level + 4, text_anchor="end"))
    for value in ticks(x.top):
        place = x(value)
        parts.append(element("text", forms[0](value), x=place, y=BOTTOM + 18, text_anchor="middle"))
    parts.append(element("line", class_="axis", x1=LEFT, x2=RIGHT, y1=BOTTOM, y2=BOTTOM))
    middle = (LEFT + RIGHT) / 2
    parts.append(
        element("text", titles[0], class_="title", x=middle, y=BOTTOM + 38, text_anchor="middle")
    )
    parts.append(element("text", titles[1], class_="title", x=0, y=12))
    return Markup().join(parts)


def drawing(label: str, *parts: str) -> Markup:
    """The whole SVG; `label` says what it shows to whoever cannot see it."""
    box = f"0 0 {WIDTH} {HEIGHT}"
    return element("svg", *parts, viewBox=box, role="img", aria_label=label, class_="plot")


def title(words: str) -> Markup:
    """What is told about an element that the pointer rests on."""
    return element("title", words)


def ticks(top: float, about: int = 4) -> list[float]:
    """Round values from 0 to `top`, roughly `about` of them."""
    step = _round_step(top / about)
    return [number * step for number in range(floor(top / step + 1e-9) + 1)]


def ceiling(value: float, about: int = 4) -> float:
    """The round value at or above `value` that an axis may end with."""
    if value <= 0:
        return 1.0
    step = _round_step(value / about)
    return ceil(value / step - 1e-9) * step


def _round_step(least: float) -> float:
    size: float = 10.0 ** floor(log10(least))
    return next(step for step in _steps(size) if step >= least * (1 - 1e-9))


def _steps(size: float) -> Iterator[float]:
    yield from (size, 2 * size, 2.5 * size, 5 * size, 10 * size)

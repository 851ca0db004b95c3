"""A picture of an archive: a row of bars for each outlet, over the months that it wrote in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from qa import month_of
from qa.chat.html import button, plural

_BARS = 40  # of a row; more would be hairs
_ROWS = 12  # outlets; the others are one row
_HIGH, _WIDE = 26, 10  # units of a bar's room


@dataclass(frozen=True, slots=True)
class Span:
    """Some months together: one bar, or what stands under several."""

    first: int  # months since the year 0
    months: int

    @property
    def since(self) -> date:
        return date(self.first // 12, self.first % 12 + 1, 1)

    @property
    def until(self) -> date:
        after = self.first + self.months
        return date(after // 12, after % 12 + 1, 1) - timedelta(1)

    def __str__(self) -> str:
        if self.months == 1:
            return month_of(self.since)
        if self.months == 12:
            return str(self.since.year)
        if self.months < 12:
            return f"{month_of(self.since)} to {month_of(self.until)}"
        return f"{self.since.year} to {self.until.year}"


def picture(
    spread: Sequence[tuple[str, str, int]], outlets: Sequence[str], period: Span | None
) -> str:
    """The table of rows; outlets and periods are buttons that narrow the list beneath.

    Args:
        spread: outlet, month as 2024-09 or "" where there is none, and how many articles.
        outlets: those that are chosen.
        period: the one that is chosen.
    """
    counts: dict[str, Counter[int]] = {}
    for outlet, month, number in spread:
        at = int(month[:4]) * 12 + int(month[5:]) - 1 if month else -1
        counts.setdefault(outlet, Counter())[at] += number
    named = sorted(counts, key=lambda name: (not name, -counts[name].total(), name))
    bars = _bars({month for row in counts.values() for month in row if month >= 0})
    shown, rest = named[:_ROWS], named[_ROWS:]
    highest = max((_in(counts[name], bar) for name in shown for bar in bars), default=1) or 1
    rows = "".join(
        _row(_outlet(name, name in outlets), name or "No outlet", counts[name], bars, highest)
        for name in shown
    )
    if rest:
        others = sum((counts[name] for name in rest), Counter[int]())
        name = plural(len(rest), "other outlet")
        rows += _row(escape(name), name, others, bars, max(highest, *others.values()))
    return (
        '<table class="picture"><caption class="unseen">Articles over time, by outlet</caption>'
        '<colgroup><col class="names"><col><col class="numbers"></colgroup>'
        f"<tbody>{rows}</tbody><tfoot><tr><td></td><td>{_axis(bars, period)}</td><td></td></tr>"
        "</tfoot></table>"
    )


def _bars(months: set[int]) -> list[Span]:
    """As many bars as there is room for, of whole months, quarters or years."""
    if not months:
        return []
    for size in (1, 3, 12, 120):
        first, last = min(months) // size * size, max(months)
        if (last - first) // size < _BARS or size == 120:
            return [Span(at, size) for at in range(first, last + 1, size)]
    return []


def _row(head: str, name: str, row: Counter[int], bars: Sequence[Span], highest: int) -> str:
    dated = [(bar, number) for bar in bars if (number := _in(row, bar))]
    most = max(dated, key=lambda one: one[1], default=None)
    told = f"{name}: {plural(row.total(), 'article')}"
    told += f", most in {most[0]} ({most[1]})" if most and len(dated) > 1 else ""
    shapes = "".join(_shapes(dated, bars, highest))
    return (
        f'<tr><th scope="row">{head}</th><td><svg viewBox="0 0 {len(bars) * _WIDE or 1} {_HIGH}" '
        f'preserveAspectRatio="none" role="img" aria-label="{escape(told)}">{shapes}</svg></td>'
        f"<td>{row.total():,}</td></tr>"
    )


def _shapes(dated: Sequence[tuple[Span, int]], bars: Sequence[Span], highest: int) -> Iterator[str]:
    for bar, number in dated:
        high = max(_HIGH * number / highest, 2)
        yield (
            f'<rect x="{bars.index(bar) * _WIDE + 1}" y="{_HIGH - high:.1f}" width="{_WIDE - 2}" '
            f'height="{high:.1f}"><title>{bar}: {plural(number, "article")}</title></rect>'
        )


def _axis(bars: Sequence[Span], period: Span | None) -> str:
    """The years under the bars, or the decades, each as wide as its bars are."""
    if not bars:
        return ""
    size = 12 if bars[0].months < 12 else 120
    under = Counter(bar.first // size * size for bar in bars)
    return (
        '<div class="axis">'
        + "".join(
            f'<span style="flex: {number} 1 0">{_period(Span(first, size), period)}</span>'
            for first, number in under.items()
        )
        + "</div>"
    )


def _period(span: Span, chosen: Span | None) -> str:
    name = str(span.since.year) if span.months == 12 else f"{span.since.year}s"
    return button(
        name, "sift", label=f"Only {span}", current=span == chosen, first=span.first,
        months=span.months,
    )  # fmt: skip


def _outlet(name: str, chosen: bool) -> str:
    if not name:
        return '<span class="none">No outlet</span>'
    return button(
        escape(name), "sift", label=f"Only {name}", current=chosen, css="title", outlet=name
    )


def _in(row: Counter[int], bar: Span) -> int:
    return sum(row[month] for month in range(bar.first, bar.first + bar.months))

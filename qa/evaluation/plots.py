"""The page's plots: what to draw from outcomes, as SVG and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from qa.evaluation.columns import STAGES
from qa.evaluation.display import percent
from qa.evaluation.outcome import Outcome
from qa.evaluation.svg import (
    BOTTOM,
    TOP,
    Scale,
    across,
    ceiling,
    drawing,
    element,
    frame,
    title,
    upwards,
)
from qa.metrics.confidence import calibration_error, reliability, risks

Numbers = NDArray[np.float64]

STAGE_WORDS = {"retrieve": "finding passages", "read": "reading them", "compose": "the rest"}
_POINTS = 200  # more than this a curve of this width cannot show
_BARS = 20


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture, what it shows in words, and its numbers."""

    name: str
    meaning: str  # how to look at it
    svg: str = ""
    summary: str = "There is nothing to draw: no answer here could be judged."
    head: tuple[str, ...] = ()
    rows: Sequence[tuple[str, ...]] = ()
    stages: Sequence[tuple[str, str, float]] = ()  # words, time, percent


def risk_coverage(
    outcomes: Sequence[Outcome], baseline: Sequence[Outcome] = (), other: str = ""
) -> Plot:
    """The share of errors if only the surest answers were given."""
    plot = Plot("Errors against coverage", "If only the surest were answered, so many are wrong.")
    confidence, right = _judged(outcomes)
    if not len(right):
        return plot
    curves = [risks(confidence, right)]
    if len(beside := _judged(baseline)[1]):
        curves.append(risks(*_judged(baseline)))
    x = across(1.0)
    y = upwards(min(ceiling(max(float(curve.max()) for curve in curves)), 1.0))
    parts = [frame(x, y, ("answered, the surest first", "wrong"), (percent, percent))]
    if len(beside):
        parts.append(_curve(curves[1], x, y, "curve beside", f"{other}: the same, for comparison"))
    parts.append(_curve(curves[0], x, y, "curve", "Share of errors among the surest answers"))
    rows = _tenths(curves[0], np.sort(confidence)[::-1])
    parts += [_spot(row, x, y) for row in rows]
    as_run = _as_run(outcomes)
    if as_run:
        parts.append(_mark_as_run(*as_run, x, y))
    summary = _in_words(curves[0], as_run) + (f" Dashed: {other}." if len(beside) else "")
    table = [(percent(one[0]), f"{one[1]:.2f}", percent(one[2])) for one in rows]
    head = ("answered", "confidence from", "wrong")
    return Plot(plot.name, plot.meaning, drawing(summary, *parts), summary, head, table)


def _in_words(risk: Numbers, as_run: tuple[float, float] | None) -> str:
    count, whole = len(risk), percent(float(risk[-1]))
    if count == 1:
        return f"The one answer is {'wrong' if risk[0] else 'right'}."
    half = percent(float(risk[max(round(count / 2), 1) - 1]))
    summary = f"Of the surest half, {half} are wrong; of all {count:,}, {whole}."
    if as_run:
        summary += f" As run, {percent(as_run[0])} were answered, {percent(as_run[1])} of them"
        summary += " wrong (the dot)."
    return summary


def _judged(outcomes: Sequence[Outcome]) -> tuple[Numbers, Numbers]:
    known = [one for one in outcomes if one.sure is not None]
    confidence = np.array([one.confidence for one in known], float)
    return confidence, np.array([bool(one.sure) for one in known], float)


def _curve(risk: Numbers, x: Scale, y: Scale, css: str, words: str) -> Markup:
    count = len(risk)
    places = np.unique(np.linspace(0, count - 1, min(count, _POINTS)).astype(int))
    points = " ".join(f"{x((k + 1) / count):.1f},{y(float(risk[k])):.1f}" for k in places)
    return element("polyline", title(words), class_=css, points=points)


def _tenths(risk: Numbers, confidence: Numbers) -> list[tuple[float, float, float]]:
    """Coverage, the confidence that it takes, and the share of errors, at every tenth."""
    count = len(risk)
    last = sorted({max(round(count * tenth / 10), 1) for tenth in range(1, 11)})
    return [(k / count, float(confidence[k - 1]), float(risk[k - 1])) for k in last]


def _spot(row: tuple[float, float, float], x: Scale, y: Scale) -> Markup:
    coverage, confidence, risk = row
    words = f"Surest {percent(coverage)}: {percent(risk)} wrong, confidence from {confidence:.2f}"
    return element("circle", title(words), class_="spot", cx=x(coverage), cy=y(risk), r=7)


def _as_run(outcomes: Sequence[Outcome]) -> tuple[float, float] | None:
    """The share that was answered, and the share of that which is wrong."""
    known = [one for one in outcomes if one.sure is not None]
    given = [one for one in known if one.answered]
    if not given:
        return None
    return len(given) / len(known), sum(not one.sure for one in given) / len(given)


def _mark_as_run(coverage: float, risk: float, x: Scale, y: Scale) -> Markup:
    words = f"As run: {percent(coverage)} answered, {percent(risk)} of them wrong"
    return element("circle", title(words), class_="dot", cx=x(coverage), cy=y(risk), r=5)


def reliability_diagram(outcomes: Sequence[Outcome]) -> Plot:
    """The share that is right, for each tenth of confidence."""
    plot = Plot("Confidence against truth", "Bars on the diagonal: confidence says what is so.")
    confidence, right = _judged(outcomes)
    if not len(right):
        return plot
    x, y = across(1.0), upwards(1.0)
    bins = reliability(confidence, right)
    parts = [frame(x, y, ("confidence", "right"), (percent, percent))]
    for one in bins:
        words = f"Confidence {one.low:.1f} to {one.high:.1f}: {one.count:,} answers, "
        words += f"{percent(one.accuracy)} right, mean confidence {percent(one.confidence)}"
        left, width = x(one.low) + 1.5, x(one.high) - x(one.low) - 3
        parts.append(_bar(left, width, y(one.accuracy), words))
        middle = left + width / 2
        parts.append(element("text", _brief(one.count), x=middle, y=TOP - 6, text_anchor="middle"))
    line = {"x1": x(0), "y1": y(0), "x2": x(1), "y2": y(1)}
    parts.append(element("line", class_="ideal", **line))
    gap = calibration_error(confidence, right)
    summary = f"On average confidence is {100 * gap:.0f} points away from the share that is right."
    summary += " Above the bars: how many answers lie in each."
    head = ("confidence", "answers", "mean", "right")
    table = [
        (f"{b.low:.1f}–{b.high:.1f}", f"{b.count:,}", percent(b.confidence), percent(b.accuracy))
        for b in bins
    ]
    return Plot(plot.name, plot.meaning, drawing(summary, *parts), summary, head, table)


def _bar(left: float, width: float, level: float, words: str) -> Markup:
    # One that is all but flat can still be pointed at.
    height = max(BOTTOM - level, 1.5)
    return element(
        "rect", title(words), class_="bar", x=left, y=BOTTOM - height, width=width, height=height
    )


def _brief(count: int) -> str:
    if count < 1000:
        return str(count)
    return f"{count / 1000:.1f}k" if count < 10_000 else f"{count / 1000:.0f}k"


def latencies(outcomes: Sequence[Outcome]) -> Plot:
    """How long answers took; the slowest hundredth shares the last bar."""
    plot = Plot(
        "Time to an answer", "So many questions took so long.", summary="No time was measured."
    )
    times = 1000 * np.array([o.seconds["total"] for o in outcomes if "total" in o.seconds], float)
    if not len(times):
        return plot
    top = ceiling(max(float(np.percentile(times, 99)) * 1.02, 1e-3))
    counts, edges = np.histogram(np.minimum(times, top), bins=_BARS, range=(0, top))
    x, y = across(top), upwards(ceiling(max(float(counts.max()), 4)))
    parts = [frame(x, y, ("milliseconds", "questions"), (_round, _round))]
    rows = []
    for count, low, high in zip(counts, edges, edges[1:], strict=False):
        last = high == edges[-1] and times.max() > top
        span = f"{low:,.4g} ms and more" if last else f"{low:,.4g} to {high:,.4g} ms"
        if count:
            words = f"{span}: {count:,} questions"
            parts.append(_bar(x(low) + 0.75, x(high) - x(low) - 1.5, y(float(count)), words))
            rows.append((span, f"{count:,}"))
    half, most = (float(np.percentile(times, share)) for share in (50, 95))
    parts += [_line(half, "p50", "end", x), _line(most, "p95", "start", x)]
    summary = f"Half of the questions took at most {half:,.0f} ms, 95 % at most {most:,.0f} ms."
    svg = drawing(summary, *parts)
    head = ("time", "questions")
    return Plot(plot.name, plot.meaning, svg, summary, head, rows, _stages(outcomes))


def _round(value: float) -> str:
    return f"{value:,.6g}"


def _line(value: float, words: str, anchor: str, x: Scale) -> Markup:
    place = x(value)
    told = title(f"{words}: {value:,.0f} ms")
    line = element("line", told, class_="ideal", x1=place, x2=place, y1=TOP, y2=BOTTOM)
    beside = place + (3 if anchor == "start" else -3)
    return line + element("text", words, x=beside, y=TOP - 6, text_anchor=anchor)


def _stages(outcomes: Sequence[Outcome]) -> list[tuple[str, str, float]]:
    """What share of all the time went where."""
    spent = {stage: float(sum(one.seconds.get(stage, 0.0) for one in outcomes)) for stage in STAGES}
    whole = sum(spent.values())
    if not whole:
        return []
    asked = sum("total" in one.seconds for one in outcomes)
    return [
        (STAGE_WORDS[stage], f"{1000 * seconds / asked:,.0f} ms", round(100 * seconds / whole, 1))
        for stage, seconds in spent.items()
    ]

"""Where an answer's words come from: who says it, when it happened, what repeats it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from qa import Citation, Point
from qa.chat.html import plural, source


def known(citation: Citation) -> str:
    """Who says it, when it happened, who repeats it, and what is odd about its article."""
    speech = ", ".join(filter(None, (citation.speaker, citation.occasion)))
    lines = (
        f"Said by {speech}" if citation.speaker else "",
        f"Page {citation.page}" if citation.page else "",
        f"Happened {citation.event}" if citation.event else "",
        f"Repeated by {plural(len(citation.copies), 'article')}" if citation.copies else "",
    )
    told = " · ".join(filter(None, lines))
    return (f"<small>{escape(told)}</small>" if told else "") + warnings(citation.warnings)


def warnings(lines: Sequence[str]) -> str:
    """What a reader should know of an article before they trust it."""
    return "".join(f'<small class="odd">{escape(line)}</small>' for line in lines)


def course(points: Sequence[Point], reference: Callable[[str], str]) -> str:
    """A timeline as a picture: a line with a mark for each point, and what happened beside it.

    Args:
        points: the earliest first.
        reference: makes the button of a footnote.
    """
    items = "".join(_point(point, reference) for point in points)
    return f'<ol class="course" aria-label="Timeline">{items}</ol>' if items else ""


def _point(point: Point, reference: Callable[[str], str]) -> str:
    first = f"First reported by {point.first}" if point.first else ""
    return (
        f'<li><time datetime="{point.day.isoformat()}">{escape(point.when)}</time>'
        f"<p>{escape(point.citation.quote)}{reference(str(point.citation.number))}</p>"
        f"<small>{escape(first) or source(point.citation)}</small></li>"
    )

"""What was checked: a quiet mark behind each sentence, what was left out, and what to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from qa import Answer, Sentence
from qa.chat.html import plural


def was_judged(sentences: Sequence[Sentence]) -> bool:
    """Whether any says something in other words than its quotes."""
    return any(one.verdict is not None and one.verdict.score < 1 for one in sentences)


def marked(sentences: Sequence[Sentence], line: Callable[[str], str]) -> str:
    """The sentences that stand as paragraphs, a mark behind each that was judged.

    Args:
        line: makes HTML of a sentence with the marks of its footnotes.
    """
    paragraphs: list[str] = []
    for one in sentences:
        if one.fell:
            continue
        marks = "".join(f"[{citation.number}]" for citation in one.citations)
        said = line(f"{one.text} {marks}".strip()) + _mark(one)
        if one.joined and paragraphs:
            paragraphs[-1] += f" {said}"
        else:
            paragraphs.append(said)
    return "".join(f"<p>{one}</p>" for one in paragraphs)


def _mark(one: Sentence) -> str:
    if one.verdict is None or one.verdict.score == 1:
        return ""
    why = one.verdict.reason or f"Checked: its footnotes carry it ({one.verdict.score:.0%})"
    label = escape(why)
    return (
        f'<span class="why" tabindex="0" role="note" title="{label}" aria-label="{label}">✓'
        f'<span class="reason" aria-hidden="true">{label}</span></span>'
    )


def beside(answer: Answer) -> str:
    """Sentences that were left out, and what a person should know of the answer."""
    fallen = [one for one in answer.sentences if one.fell]
    items = "".join(
        f"<li>{escape(one.text)}<small>{escape(one.verdict.reason)}</small></li>"
        for one in fallen
        if one.verdict
    )
    left_out = (
        f'<details class="fallen"><summary>{plural(len(fallen), "sentence")} left out: not in the '
        f"articles</summary><ul>{items}</ul></details>"
        if items
        else ""
    )
    lines = "".join(f'<p class="remark">{escape(note)}</p>' for note in answer.notes)
    return lines + left_out

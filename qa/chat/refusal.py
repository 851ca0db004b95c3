"""A refusal: what was looked for, what came nearest to it, and what is missing there."""

from __future__ import annotations

from html import escape

from qa import Answer, Hit, Sought
from qa.chat.evidence import places
from qa.chat.html import blocks, button, headline

_SNIPPET = 200  # characters of a passage that are shown
_BEFORE = 30  # characters of these that may stand before the first word looked for
_FEW = 3  # as many come nearest before more are searched for


def refusal(index: int, answer: Answer) -> str:
    """The articles are silent; what there is instead.

    Args:
        index: the turn's number, from 0.
    """
    said = f"<h3>Not in the articles</h3>{blocks(answer.text)}"
    if not answer.nearest:
        return f'<div class="refusal">{said}</div>'
    sought = Sought.of(answer.understood or answer.question)
    words = ", ".join(f"<b>{escape(word)}</b>" for word in sought.listed(sought.words))
    looked = f'<p class="sought">Looked for: {words}</p>' if words else ""
    near = "".join(
        f"<li>{button(headline(hit) + _shown(hit, sought), 'open', turn=index, place=name)}</li>"
        for name, hit in zip(places(answer), answer.nearest, strict=True)
    )
    more = button("Search instead", "search", css="plain", turn=index)
    nearest = f'<h4>What came nearest</h4><ul class="notes">{near}</ul>'
    return (
        f'<div class="refusal">{said}{looked}{nearest}'
        f"{more if len(answer.nearest) <= _FEW else ''}</div>"
    )


def _shown(hit: Hit, sought: Sought) -> str:
    """The part of a passage that holds most of the words, these marked, and what it lacks."""
    text = " ".join(hit.text.split())
    spans = sought.spans(text)
    low = max(
        (_begin(text, start) for start, _ in spans),
        key=lambda low: len({text[a:b] for a, b in spans if low <= a and b <= low + _SNIPPET}),
        default=0,
    )
    high = len(text) if len(text) <= low + _SNIPPET else text.rfind(" ", low, low + _SNIPPET)
    said, at = "… " if low else "", low
    for a, b in spans:
        if at <= a and b <= high:
            said += f"{escape(text[at:a])}<mark>{escape(text[a:b])}</mark>"
            at = b
    said += escape(text[at:high]) + (" …" if high < len(text) else "")
    lacks = sought.missing(f"{hit.title} {hit.text}")
    absent = f'<span class="lacks">Not said there: {escape(", ".join(sought.listed(lacks)))}</span>'
    return f'<span class="snippet">{said}</span>{absent if lacks else ""}'


def _begin(text: str, word: int) -> int:
    """Where a part begins that shows a few words before the one at `word`."""
    return text.rfind(" ", 0, max(word - _BEFORE, 0)) + 1 if len(text) > _SNIPPET else 0

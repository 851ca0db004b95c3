"""From a draft to the answer: footnotes minted, text rendered, a sentence at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qa.answering import wording
from qa.answering.draft import Dated, Draft, Remark, Statement
from qa.answering.footnotes import Footnotes, Shelf, unmarked
from qa.answering.gathering.disagreement import Disagreement
from qa.answering.question import Question
from qa.answering.standing import standing
from qa.records import Answer, Conflict, Point, Sentence, Value


def finish(
    question: Question,
    draft: Draft,
    statements: Iterable[Statement | Remark],
    shelf: Shelf,
) -> Iterator[Answer]:
    """Yield the answer as it grows, a statement or a remark at a time; the last one is whole.

    Args:
        question: as understood.
        draft: what the answer says of itself: answered or not, how sure, how short.
        statements: the draft's, checked.
        shelf: the articles.

    Raises:
        ArticleNotFound: an article went or changed since it was read.
    """
    kept: list[Statement] = []
    notes: list[str] = []
    footnotes = Footnotes(shelf)
    for one in statements:
        if isinstance(one, Statement):
            kept.append(one)
        else:
            notes += [one.line] if one.line and one.line not in notes else []
            if one.withdraws:
                kept = [other for other in kept if other not in one.withdraws]
                footnotes = Footnotes(shelf)  # numbered anew, without those of what is gone
        sentences = [_sentence(one, footnotes) for one in kept]
        articles, sources = standing(footnotes.citations, draft.saying, shelf)
        yield Answer(
            question=question.asked,
            text=rendered(sentences),
            short=draft.short,
            answered=draft.answered,
            confidence=draft.confidence,
            citations=footnotes.citations,
            sentences=tuple(sentences),
            understood=_understood(question),
            nearest=draft.nearest,
            conflicts=_conflicts(draft.disagreement, footnotes),
            notes=tuple(notes),
            sources=sources,
            articles=articles,
            timeline=_timeline(draft.timeline, footnotes),
        )


def _conflicts(differing: Disagreement | None, footnotes: Footnotes) -> tuple[Conflict, ...]:
    """What the articles disagree on, once all of it has been said."""
    if differing is None:
        return ()
    if not all(one in footnotes for side in differing.sides for one in side.evidence):
        return ()
    values = (
        Value(
            text=unmarked(side.text),
            citations=tuple(map(footnotes.cite, side.evidence)),
            reading=unmarked(side.reading),
        )
        for side in differing.sides
    )
    return (Conflict(values=tuple(values), relation=differing.relation),)


def _understood(question: Question) -> str:
    """How the question was read, so that asking it in these words is asking the same."""
    if not question.names_day:
        return question.standalone
    return f"As of {wording.day(question.as_of)}: {question.standalone}"


def _timeline(dated: Sequence[Dated], footnotes: Footnotes) -> tuple[Point, ...]:
    """The points of a timeline that have been told by now."""
    return tuple(
        Point(
            day=one.event.first,
            when=str(one.event),
            citation=footnotes.cite(one.evidence),
            first=one.first,
        )
        for one in dated
        if one.evidence in footnotes
    )


def _sentence(one: Statement, footnotes: Footnotes) -> Sentence:
    return Sentence(
        text=unmarked(one.text),
        citations=tuple(map(footnotes.cite, one.evidence)),
        verdict=one.verdict,
        joined=one.joined,
    )


def rendered(sentences: Sequence[Sentence]) -> str:
    """The sentences as one text, the marks of its footnotes after each.

    What was judged and is carried by nothing is left out.
    """
    text = ""
    for one in sentences:
        if one.fell:
            continue
        marks = "".join(f"[{citation.number}]" for citation in dict.fromkeys(one.citations))
        between = "" if not text else " " if one.joined else "\n\n"
        text += between + " ".join(filter(None, (one.text, marks)))
    return text

"""From a draft to the answer: footnotes minted, text rendered, a sentence at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from qa.answering.draft import Draft, Statement
from qa.answering.footnotes import Footnotes, unmarked
from qa.answering.question import Question
from qa.records import Answer, Article, Sentence


def finish(
    question: Question,
    draft: Draft,
    statements: Iterable[Statement],
    article: Callable[[str], Article],
) -> Iterator[Answer]:
    """Yield the answer as it grows by one statement each time; the last one is whole.

    Args:
        question: as understood.
        draft: what the answer says of itself: answered or not, how sure, how short.
        statements: the draft's, checked.
        article: the article with an id.

    Raises:
        ArticleNotFound: an article went or changed since it was read.
    """
    footnotes = Footnotes(article)
    sentences: list[Sentence] = []
    for one in statements:
        cited = tuple(map(footnotes.cite, one.evidence))
        sentences.append(
            Sentence(
                text=unmarked(one.text), citations=cited, verdict=one.verdict, joined=one.joined
            )
        )
        yield Answer(
            question=question.asked,
            text=rendered(sentences),
            short=draft.short,
            answered=draft.answered,
            confidence=draft.confidence,
            citations=footnotes.citations,
            sentences=tuple(sentences),
            understood=question.standalone,
            nearest=draft.nearest,
        )


def rendered(sentences: Sequence[Sentence]) -> str:
    """The sentences as one text, the marks of its footnotes after each."""
    text = ""
    for one in sentences:
        marks = "".join(f"[{citation.number}]" for citation in dict.fromkeys(one.citations))
        between = "" if not text else " " if one.joined else "\n\n"
        text += between + " ".join(filter(None, (one.text, marks)))
    return text

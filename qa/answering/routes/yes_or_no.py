"""Questions that yes or no would answer, decided by the sentence that says so or denies it."""

from __future__ import annotations

from collections.abc import Iterator

from qa.answering.draft import Draft, Statement, quoted
from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.gathered import Gathered
from qa.answering.hits import hit
from qa.answering.question import Question
from qa.checking.statements import statement_of, yes_or_no
from qa.records import Citation
from qa.retrieval.nodes import text_nodes

_PASSAGES = 5  # whose sentences are looked at
_RIGHT = 0.85  # how often a decision was right on questions kept for the end


def answer(question: Question, gathered: Gathered) -> Draft | None:
    """ "Yes." or "No.", and the sentence that decides; None where no sentence does."""
    if statement_of(question.standalone) is None:
        return None
    sentences = dict(_sentences(gathered))
    said, deciding, verdict = yes_or_no(question.standalone, list(sentences), gathered.checker)
    if not isinstance(deciding, Citation):
        return None
    evidence = sentences[deciding]
    word = said.capitalize()
    return Draft(
        statements=[
            Statement(text=f"{word}.", evidence=(evidence,), verdict=verdict),
            quoted(evidence),
        ],
        confidence=_RIGHT,
        short=word,
    )


def _sentences(gathered: Gathered) -> Iterator[tuple[Citation, Evidence]]:
    """The sentences of the best passages, with their article's date and title."""
    passages = gathered.passages[:_PASSAGES]
    for passage, node in zip(passages, text_nodes(passages), strict=True):
        found = hit(passage)
        for start, end in node.metadata["sentences"]:
            text = found.text[start - found.start : end - found.start]
            citation = Citation(
                number=1,
                article_id=found.article_id,
                title=found.title,
                outlet=found.outlet,
                published=found.published,
                url=found.url,
                quote=text,
                start=start,
                end=end,
            )
            yield citation, Evidence(found.article_id, start, end, text, "", _RIGHT)

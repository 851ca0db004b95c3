"""From a reader's span to the sentence that holds it."""

from __future__ import annotations

from qa.answering.gathering.evidence import Evidence, gather
from qa.reader.protocol import Reading, Span
from vectorstore.passage import Passage

TEXT = "Before. The lock opened in Vell. It was Renner's second. Ferries pass it free."
SENTENCES = ((10, 34), (35, 58), (59, 80))
SHIFT = 2  # the passage starts two characters into its article


def _gather(start: int, end: int) -> Evidence:
    passage = Passage(
        id="a#2",
        article_id="a",
        title="",
        outlet="",
        published=None,
        url="",
        text=TEXT,
        start=SHIFT,
        end=SHIFT + len(TEXT),
        sentences=SENTENCES,
    )
    (one,) = gather([passage], [Reading(1.0, (Span(start, end, 0.9),))], short_answers=True)
    assert one.text == TEXT[one.start - SHIFT : one.end - SHIFT]
    return one


def _at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def test_the_sentence_around_the_span() -> None:
    one = _gather(*_at("Vell"))
    assert (one.text, one.short) == ("The lock opened in Vell.", "Vell")


def test_a_span_that_runs_into_the_next_sentence_ends_with_its_own() -> None:
    one = _gather(*_at("Vell. It was Renner's second"))
    assert (one.text, one.short) == ("The lock opened in Vell.", "Vell")


def test_a_span_that_only_starts_at_a_full_stop_is_the_next_sentences() -> None:
    one = _gather(*_at(". It was Renner's second"))
    assert (one.text, one.short) == ("It was Renner's second.", "It was Renner's second")

"""Somebody's own words before words about them, where their words are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.findings import Finding
from qa.answering.question import Question
from qa.language.names import same_name
from qa.language.words import stems
from qa.provenance.speakers import speech
from qa.records import Article
from vectorstore.passage import Passage

# What others' words count beside somebody's own. Chosen on the development questions.
_ABOUT = 0.5
_PUT = frozenset(stems("say said tell wrote announce claim think promise warn demand state call"))


def own_words_first(
    question: Question,
    findings: Sequence[Finding],
    passages: Sequence[Passage],
    article: Callable[[str], Article],
) -> list[Finding]:
    """The findings, the likeliest first, what is said about the speaker made less likely.

    Where the reader found none of the speaker's words, a sentence of theirs on the matter stands in
    with the likelihood of the best.

    Args:
        question: names who speaks.
        findings: the likeliest first.
        passages: those that were read.
        article: the article with an id.
    """
    speaker = question.fact.speaker

    def own(one: Evidence) -> bool:
        said = speech(article(one.article_id).text, one.start, one.end)
        return bool(said.speaker) and same_name(said.speaker, speaker)

    spoken = [[one for one in finding.evidence if own(one)] for finding in findings]
    if findings and not any(spoken):
        wanted = frozenset(stems(question.standalone)) - frozenset(stems(speaker)) - _PUT
        passed_over = _on(wanted, filter(own, _sentences(passages, findings[0].probability)))
        spoken += [[one] for one in passed_over]
        findings = [*findings, *(Finding("", (one,), one.probability) for one in passed_over)]
    if not any(spoken):
        return list(findings)
    weighed = [
        _led_by(finding, theirs, speaker)
        if theirs
        else replace(finding, probability=_ABOUT * finding.probability)
        for finding, theirs in zip(findings, spoken, strict=True)
    ]
    return sorted(weighed, key=lambda finding: -finding.probability)


def _led_by(finding: Finding, own: Sequence[Evidence], speaker: str) -> Finding:
    """The finding with the speaker's words first; who says them is no answer to what they say."""
    first, *rest = own
    if any(word in first.short for word in speaker.split()):
        first = replace(first, short="")
    others = [one for one in finding.evidence if one not in own]
    return replace(finding, short=first.short, evidence=(first, *rest, *others))


def _sentences(passages: Sequence[Passage], probability: float) -> Iterator[Evidence]:
    for passage in passages:
        shift = passage.start
        for start, end in passage.sentences:
            text = passage.text[max(0, start - shift) : end - shift]
            yield Evidence(passage.article_id, start, end, text, "", probability)


def _on(wanted: frozenset[str], sentences: Iterator[Evidence]) -> list[Evidence]:
    """The sentence that says most of what is asked about, if any says something of it."""
    held = [(len(wanted & set(stems(one.text))), one) for one in sentences]
    most = max((number for number, _ in held), default=0)
    return [one for number, one in held if number == most and (number or not wanted)][:1]

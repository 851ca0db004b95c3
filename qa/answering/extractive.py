"""An answer in the articles' own sentences, each with its footnote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.answering.evidence import Evidence
from qa.answering.footnotes import Footnotes, unmarked
from qa.answering.votes import Finding, one_an_article
from qa.answering.wording import enumeration
from qa.language.kinds import Kind, kind_of
from qa.language.words import stems

_AT_MOST = 4
_LIST = re.compile(
    r"^\s*(?:list|name|enumerate)\b|\b(?:who|what|which)\s+all\b|\ball (?:of )?the\b"
    r"|\b(?:which|what)\s+(?:\w+\s+){0,2}(?!\w*(?:ss|us|is)\b)\w{3,}s\b(?!\s+(?:is|was|has|does)\b)"
    r"|\bwho (?:are|were)\b|\bwhich of the\b|\b(?:everyone|everybody|everything)\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(
    r"\s*(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b", re.IGNORECASE
)
_WHO_IS = re.compile(r"\s*who(?:\s+(?:is|was|are|were)\b|['’]s\b)", re.IGNORECASE)
# Capitals that open a sentence or name a day are no part of a list of names.
_OPENS = (
    r"(?!(?:On|In|At|By|For|From|With|After|Before|When|While|But|As|If|Last|Next|Since"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
)
_NAME = rf"{_OPENS}(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'-]*)*"
_NAMES = re.compile(rf"{_NAME}(?:,\s+{_NAME})*,?\s+and\s+{_NAME}")
# A further answer must be half as likely as the best one, in a list; a further sentence for the
# same answer too.
_HALF = 0.5


def asks_for_list(question: str) -> bool:
    """Whether several things may be right at once ("which countries", "who all")."""
    return bool(_LIST.search(question))


def usable(question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Evidence whose short answer tells something: not what the question says already.

    Where a short answer cannot be one (yes or no is asked, or it is most of its sentence), the
    sentence alone stands. Where a list is asked for, one name of an enumeration brings the others.
    """
    kept = [one for one in evidence if not one.short or not _said_already(question, one.short)]
    told = [
        one if _stands_alone(question, one) else replace(one, short="")
        for one in kept or list(evidence)
    ]
    if not asks_for_list(question):
        return told
    return [replace(one, short=_whole_enumeration(one)) for one in told]


def _whole_enumeration(one: Evidence) -> str:
    """The names that a sentence lists, where the short answer is one or some of them."""
    lists = (match[0] for match in _NAMES.finditer(one.text))
    return next((names for names in lists if one.short and one.short in names), one.short)


def _said_already(question: str, short: str) -> bool:
    """Whether the question holds the answer: "Who met Lavrov?" does not ask for Sergei Lavrov."""
    said, answer = set(stems(question)), stems(short)
    names_the_asked = kind_of(question) is Kind.PERSON and not _WHO_IS.match(question)
    return set(answer) <= said or (names_the_asked and answer[-1] in said)


def _stands_alone(question: str, one: Evidence) -> bool:
    balanced = one.short.count('"') % 2 == 0 and one.short.count("“") == one.short.count("”")
    much = len(one.short.split()) > max(6, 0.6 * len(one.text.split()))
    return balanced and not much and not _YES_OR_NO.match(question)


def choose(question: str, findings: Sequence[Finding], threshold: float) -> list[Finding]:
    """The findings to answer with; none where the best is too weak, several for a list."""
    if not findings or findings[0].probability < threshold:
        return []
    number = _AT_MOST if asks_for_list(question) else 1
    floor = max(threshold, findings[0].probability * _HALF)
    return [finding for finding in findings[:number] if finding.probability >= floor]


def short_answer(chosen: Sequence[Finding]) -> str:
    """The direct answer, or several joined; empty where the reader gives whole sentences."""
    return enumeration([finding.short for finding in chosen if finding.short])


def compose(chosen: Sequence[Finding], footnotes: Footnotes) -> str:
    """The direct answer, then one to four sentences, each followed by its mark.

    Where a text before it has quoted them all, the direct answer with their marks is enough.
    """
    cited = _sentences(chosen)
    short = unmarked(short_answer(chosen))
    if short and all(one in footnotes for one in cited):
        return f"{_opening(short)} {''.join(map(footnotes.cite, cited))}"
    quoted = "\n\n".join(f"{unmarked(e.text)} {footnotes.cite(e)}" for e in cited)
    if not short or any(short == unmarked(e.text) for e in cited):
        return quoted
    return f"{_opening(short)}\n\n{quoted}"


def _opening(short: str) -> str:
    return f"{short[0].upper()}{short[1:].rstrip('.')}."


def _sentences(chosen: Sequence[Finding]) -> list[Evidence]:
    """The best sentence of each finding; then, while there is room, what other articles say."""
    firsts = [finding.evidence[0] for finding in chosen]
    others = [
        one
        for finding in chosen
        for one in one_an_article(finding.evidence)[1:]
        if one.probability >= _HALF * finding.evidence[0].probability
    ]
    kept: list[Evidence] = []
    for one in firsts + others:
        if not any(_overlap(one, other) for other in kept):
            kept.append(one)
    return kept[:_AT_MOST]


def _overlap(a: Evidence, b: Evidence) -> bool:
    return a.article_id == b.article_id and a.start < b.end and b.start < a.end

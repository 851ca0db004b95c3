"""From a question to an answer: which route it takes, and when the answer is no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from qa import trace
from qa.answering import (
    about_archive,
    about_article,
    compound,
    digest,
    extractive,
    smalltalk,
    votes,
    who_is,
    wording,
)
from qa.answering.evidence import gather
from qa.answering.followups import History, points_back, standalone
from qa.answering.footnotes import Footnotes, unmarked
from qa.answering.hits import hit
from qa.answering.signs import Witness
from qa.errors import ArticleNotFound
from qa.reader.protocol import Reader, Reading
from qa.records import Answer, Article, Filter
from qa.retrieval.nodes import text_nodes
from qa.retrieval.ranking import by_reading
from qa.retrieval.retriever import HybridRetriever

if TYPE_CHECKING:
    from llama_index.core.schema import NodeWithScore, TextNode

    from vectorstore.store import Store

_NEAREST = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """What the articles say to one question."""

    ranked: Sequence[NodeWithScore]
    chosen: list[votes.Finding]  # what to answer with; none where nothing is likely enough
    short: str
    confidence: float


class Answerer:
    """Answers questions from one store with one reader."""

    def __init__(
        self, store: Store, reader: Reader, *, read: int, candidates: int, threshold: float | None
    ) -> None:
        self._store = store
        self._reader = reader
        self._depth = read
        self._candidates = candidates
        self._threshold = threshold

    def answer(self, question: str, history: History | None, where: Filter) -> Answer:
        """Answer `question` from the articles that `where` lets through."""
        try:
            return self._answer(question, history, where)
        except ArticleNotFound:
            # An article was replaced between finding and citing it: a second look sees the new one.
            return self._answer(question, history, where)

    def _answer(self, question: str, history: History | None, where: Filter) -> Answer:
        if line := smalltalk.reply(question) or smalltalk.reply(
            smalltalk.without_greeting(question)
        ):
            return _said(question, line)
        if not question.strip():
            return _refusal(question, wording.EMPTY_QUESTION)
        if not self._store.count(where)[0]:
            empty = wording.EMPTY_SELECTION if self._store.count()[0] else wording.EMPTY_ARCHIVE
            return _refusal(question, empty)
        if not (history and points_back(question)) and (line := self._about(question, where)):
            return _said(question, line)
        asked = standalone(smalltalk.without_greeting(question), history)
        about = about_article.understand(asked, follows=bool(history))
        if about and (answer := self._about_article(question, about, where)):
            return answer
        if digest.asked(question):
            # "Summarise the news" is about all of it, whatever was talked of before.
            about_all = not (digest.topic(question) or points_back(question))
            return self._digest(question, "" if about_all else asked, where)
        if answer := self._one_by_one(question, history, where):
            return answer
        return self._extract(question, asked, where)

    def _about(self, question: str, where: Filter) -> str:
        """What there is to say of the archive, if that is asked; else nothing."""
        if about_archive.asked(question):
            return about_archive.reply(question, self._store.articles(where))
        known = [outlet for outlet, _ in self._store.outlets()]
        named, rest = about_archive.outlets_named(question, known)
        if not named or not about_archive.asked(rest):
            return ""
        chosen = [one for one in self._store.articles(where) if one.outlet in named]
        return about_archive.of_outlets(rest, chosen) if chosen else ""

    def _extract(self, question: str, asked: str, where: Filter) -> Answer:
        found = self._find(asked, where)
        if not found.chosen:
            return _refusal(question, wording.REFUSAL, found.confidence, found.ranked)
        footnotes = Footnotes(self._store.article)
        text = extractive.compose(found.chosen, footnotes)
        return _quoted(question, text, found.short, found.confidence, footnotes)

    def _one_by_one(self, question: str, history: History | None, where: Filter) -> Answer | None:
        """Several questions in one: each by itself, the later leaning on the earlier.

        None where it is but one question, or none of them is answered.
        """
        parts = compound.parts(smalltalk.without_greeting(question))
        if len(parts) == 1:
            return None
        footnotes = Footnotes(self._store.article)
        turns = list(history or ())
        read: list[_Found] = []
        texts: list[str] = []
        for part in parts:
            found = self._find(standalone(part, turns), where)
            read.append(found)
            if found.chosen:
                texts.append(extractive.compose(found.chosen, footnotes))
            else:
                texts.append(unmarked(wording.unanswered(part)))
            turns += [
                {"role": "user", "content": part},
                {"role": "assistant", "content": found.short if found.chosen else ""},
            ]
        answered = [found for found in read if found.chosen]
        if not answered:
            return None
        short = "; ".join(dict.fromkeys(found.short for found in answered if found.short))
        ranked = _in_turn([found.ranked for found in read])
        trace.note(asked=question, short=short, ranked=lambda: map(hit, ranked))
        confidence = min(found.confidence for found in answered)
        return _quoted(question, "\n\n".join(texts), short, confidence, footnotes)

    def _find(self, asked: str, where: Filter) -> _Found:
        """What the articles say to one question, if it is likely enough to be said."""
        passages = self._retrieve(asked, where)
        readings, ranked = self._read(asked, passages)
        findings = self._findings(asked, text_nodes(passages), readings)
        threshold = self._reader.threshold if self._threshold is None else self._threshold
        chosen = extractive.choose(asked, findings, threshold)
        short = extractive.short_answer(chosen or findings[:1])
        trace.note(short=short)
        return _Found(ranked, chosen, short, findings[0].probability if findings else 0.0)

    def _about_article(
        self, question: str, about: about_article.AboutArticle, where: Filter
    ) -> Answer | None:
        """The answer from an article's metadata; None where no article is the one meant."""
        passages = self._retrieve(about.topic or question, where)
        found = about_article.matching(about, self._articles(passages))
        if not found:
            return None
        footnotes = Footnotes(self._store.article)
        lines, shorts = [], []
        for article in found if about.several else found[:1]:
            line, short = about_article.sentence(about, article)
            # Who and when stand in the opening, with its dateline; a mention where it is made.
            wanted = digest.topic(about.topic) if about.asked == "mention" else set()
            (shown,) = digest.telling(article, wanted)
            lines.append(f"{unmarked(line)} {footnotes.cite(shown)}")
            shorts.append(short)
        short = wording.enumeration(list(dict.fromkeys(filter(None, shorts))))
        return _quoted(question, "\n\n".join(lines), short, 1.0, footnotes)

    def _digest(self, question: str, asked: str, where: Filter) -> Answer:
        wanted = digest.topic(asked)
        passages = self._retrieve(asked, where) if wanted else []
        chosen = self._articles(passages) if wanted else self._store.articles(where)
        chosen = digest.on_topic(wanted, chosen)
        if not chosen:
            return _refusal(question, wording.REFUSAL, 0.0, passages)
        footnotes = Footnotes(self._store.article)
        text = digest.compose(chosen, wanted, footnotes)
        return _quoted(question, text, "", 1.0, footnotes)

    def _retrieve(self, question: str, where: Filter) -> list[NodeWithScore]:
        retriever = HybridRetriever(
            self._store, top_k=self._depth, candidates=self._candidates, where=where
        )
        with trace.stage("retrieve"):
            passages = retriever.retrieve(question)
        trace.note(asked=question, ranked=lambda: map(hit, passages))
        return passages

    def _articles(self, passages: Sequence[NodeWithScore]) -> list[Article]:
        """The passages' articles, each once, best first."""
        ids = dict.fromkeys(passage.node.metadata["article_id"] for passage in passages)
        return [self._store.article(id_) for id_ in ids]

    def _read(
        self, question: str, passages: Sequence[NodeWithScore]
    ) -> tuple[list[Reading], list[NodeWithScore]]:
        """What the reader makes of each passage, and the passages by how well they answer."""
        with trace.stage("read"):
            readings = self._reader.read(question, text_nodes(passages))
        ranked = by_reading(passages, readings)
        trace.note(ranked=lambda: map(hit, ranked))
        return readings, ranked

    def _findings(
        self, question: str, passages: Sequence[TextNode], readings: Sequence[Reading]
    ) -> list[votes.Finding]:
        """What may answer, the likeliest first, each with its chance of being right."""
        evidence = gather(passages, readings, short_answers=self._reader.short_answers)
        evidence = who_is.evidence(question, passages, evidence)
        findings = votes.join(extractive.usable(question, evidence))
        confidence = self._reader.confidence
        if confidence is None:
            return findings
        store = self._store
        witness = Witness(question, passages, readings, store.article, store.frequency)
        return witness.weighed(findings, confidence)


def _in_turn(rankings: Sequence[Sequence[NodeWithScore]]) -> list[NodeWithScore]:
    """The first of each ranking, then the second of each; every passage once."""
    distinct: dict[str, NodeWithScore] = {}
    for one in filter(None, chain.from_iterable(zip_longest(*rankings))):
        distinct.setdefault(one.node.node_id, one)
    return list(distinct.values())


def _said(question: str, text: str) -> Answer:
    return Answer(question=question, text=unmarked(text), short="", answered=True, confidence=1.0)


def _quoted(
    question: str, text: str, short: str, confidence: float, footnotes: Footnotes
) -> Answer:
    return Answer(
        question=question,
        text=text,
        short=short,
        answered=True,
        confidence=confidence,
        citations=footnotes.citations,
    )


def _refusal(
    question: str,
    text: str,
    confidence: float = 0.0,
    passages: Sequence[NodeWithScore] = (),
) -> Answer:
    return Answer(
        question=question,
        text=text,
        short="",
        answered=False,
        confidence=confidence,
        nearest=tuple(hit(passage) for passage in passages[:_NEAREST]),
    )

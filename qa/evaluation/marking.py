"""How right one answer is: the figures that a single question has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.evaluation.gold import CONFLICT, Gold
from qa.evaluation.library import Library
from qa.evaluation.outcome import Cited, Found
from qa.metrics.answers import agrees, exact, f1, holds
from qa.metrics.rankings import hit, ndcg, reciprocal_rank

DEPTH = 10


class Expectation:
    """A gold pair beside the articles that it names: what would be right."""

    def __init__(self, gold: Gold, library: Library) -> None:
        self.gold = gold
        self.articles = library.resolve(gold.articles)
        # What only an article's header tells (its date, its outlet) no passage can hold.
        self._in_header = not gold.quotes and any(
            library.heads(answer, self.articles) and not library.says(answer, self.articles)
            for answer in gold.answers
        )

    def right(self, article_id: str) -> bool:
        """Whether the article is one that answers."""
        return article_id in self.articles

    def proves(self, article_id: str, words: str) -> bool:
        """Whether words of an article hold the answer, or a gold quote, or lie in one.

        Where the gold names no article, any article's words may.
        """
        if self.gold.articles and not self.right(article_id):
            return False
        return (
            self._in_header
            or any(holds(words, answer) for answer in self.gold.answers)
            or any(self.covers(words, quote) for quote in self.gold.quotes)
        )

    @staticmethod
    def covers(words: str, quote: str) -> bool:
        """Whether one holds the other."""
        return holds(words, quote) or holds(quote, words)

    def score(self, said: str) -> tuple[float, float, float]:
        """Exact match, F1 and the share of the answer that the words hold."""
        answers = self.gold.answers
        if self.gold.all_wanted:
            whole = [" ".join(answers)]
            held = [holds(said, answer) for answer in answers]
            value = f1(said, whole)
            return float(value == 1), value, sum(held) / len(held)
        held = [holds(said, answer) for answer in answers]
        return exact(said, answers), f1(said, answers), float(any(held))

    def is_right(self, said: str) -> bool:
        """Whether a short answer would do; of a list, every item must be there."""
        if self.gold.all_wanted:
            return all(holds(said, answer) for answer in self.gold.answers)
        return agrees(said, self.gold.answers)


def mark(
    expected: Expectation,
    *,
    text: str,
    short: str | None,
    answered: bool,
    cited: Sequence[Cited],
    found: Sequence[Found] | None,
    conflicts: int | None = None,
) -> dict[str, float]:
    """Every figure of one question, by name; what does not apply to it is left out.

    `short` is None where whatever answers knows no short answers, `found` where nothing was looked
    for (what the archive holds, say, is no matter of retrieval), `conflicts` where it is not told
    how many disagreements are shown.
    """
    return {
        **(_ranking(expected, found) if found is not None else {}),
        **_answer(expected, text, short, answered),
        **_citations(expected, cited, answered),
        **_disagreement(expected, text if answered else "", conflicts),
    }


def _ranking(expected: Expectation, found: Sequence[Found]) -> dict[str, float]:
    """Passages count as they come; nDCG counts each article once: where it comes, or is proven."""
    if not expected.articles:
        return {}
    right = [one.right for one in found]
    proving = [one.holds for one in found]
    wanted = len(expected.articles)
    first = [one.right for one in _first_of_each(found[:DEPTH])]
    return {
        "hit@1": hit(right, 1),
        "hit@5": hit(right, 5),
        "hit@10": hit(right, DEPTH),
        "mrr@10": reciprocal_rank(right, DEPTH),
        "ndcg@10": ndcg(first, wanted, DEPTH),
        "quote_hit@1": hit(proving, 1),
        "quote_hit@5": hit(proving, 5),
        "quote_hit@10": hit(proving, DEPTH),
        "quote_mrr@10": reciprocal_rank(proving, DEPTH),
        "quote_ndcg@10": ndcg(_first_proofs(found[:DEPTH]), wanted, DEPTH),
    }


def _first_proofs(found: Sequence[Found]) -> list[bool]:
    """Which passages prove the answer from an article that no passage before them did."""
    seen: set[str] = set()
    proofs = []
    for one in found:
        proofs.append(one.holds and one.article_id not in seen)
        if one.holds:
            seen.add(one.article_id)
    return proofs


def _first_of_each(found: Iterable[Found]) -> list[Found]:
    first: dict[str, Found] = {}
    for one in found:
        first.setdefault(one.article_id, one)
    return list(first.values())


def _answer(
    expected: Expectation, text: str, short: str | None, answered: bool
) -> dict[str, float]:
    """SQuAD 2.0's way: where nothing answers, a refusal scores 1 and anything else 0."""
    said_by = {"text": text} if short is None else {"answer": short, "text": text}
    if not expected.gold.answerable:
        return {f"{name}_{kind}": float(not answered) for name in said_by for kind in ("em", "f1")}
    if not expected.gold.answers:
        return {}
    marks: dict[str, float] = {}
    for name, words in said_by.items():
        said = words if answered else ""
        marks[f"{name}_em"], marks[f"{name}_f1"], held = expected.score(said)
        marks["holds" if name == "text" else "short_holds"] = held
    return marks


def _citations(expected: Expectation, cited: Sequence[Cited], answered: bool) -> dict[str, float]:
    """Precision where something was cited; recall of the gold quotes, or articles, always."""
    marks: dict[str, float] = {}
    if cited:
        marks["quotes_verified"] = sum(one.verified for one in cited) / len(cited)
    if not expected.articles:
        return marks
    marks["citation_recall"] = _recall(expected, cited)
    if answered:
        right = [one.right for one in cited]
        marks["citation_precision"] = sum(right) / len(right) if right else 0.0
        marks["first_citation"] = float(right[0]) if right else 0.0
    return marks


def _disagreement(expected: Expectation, text: str, conflicts: int | None) -> dict[str, float]:
    """Whether articles that differ are shown to differ, with what each says, and no others are."""
    gold = expected.gold
    if not gold.answers:
        return {}
    differ = gold.type == CONFLICT
    marks = {"values_shown": expected.score(text)[2]} if differ else {}
    if conflicts is not None:
        marks["conflicts_flagged" if differ else "conflicts_false"] = float(conflicts > 0)
    return marks


def _recall(expected: Expectation, cited: Sequence[Cited]) -> float:
    if quotes := expected.gold.quotes:
        shown = [one.quote for one in cited if expected.right(one.article_id)]
        return sum(any(expected.covers(words, q) for words in shown) for q in quotes) / len(quotes)
    proven = {one.article_id for one in cited if one.right}
    return len(proven) / len(expected.articles)

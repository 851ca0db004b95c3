"""How often retrieval finds the passage: `python -m tests.bench.retrieval`.

A hit is a passage of the right article that holds one of the reference answers.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from qa import Assistant
from qa.retrieval.fusion import reciprocal_rank_fusion
from tests.bench.collection import SQUAD, Question, sample, write_articles

TOP = 10


def ranks(
    questions: Sequence[Question], search: Callable[[str], list[tuple[str, str]]]
) -> list[int]:
    """The rank of the first hit for each question, from 1; 0 where there is none in the top."""
    return [
        next(
            (
                rank
                for rank, (article, text) in enumerate(search(question.text), start=1)
                if article == question.article and any(a in text for a in question.answers)
            ),
            0,
        )
        for question in questions
    ]


def figures(found: Sequence[int]) -> str:
    """hit@1, hit@5 and MRR@10 of `ranks`."""
    number = len(found)
    hit1 = sum(rank == 1 for rank in found) / number
    hit5 = sum(0 < rank <= 5 for rank in found) / number
    mrr = sum(1 / rank for rank in found if rank) / number
    return f"hit@1 {hit1:.3f}   hit@5 {hit5:.3f}   MRR@10 {mrr:.3f}"


def main() -> None:
    if not SQUAD.exists():
        sys.exit(f"{SQUAD} is not there: nothing to measure on.")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "articles"
        folder.mkdir()
        questions = sample(write_articles(folder), 2000)
        with Assistant.open(Path(scratch) / "archive") as assistant:
            assistant.ingest(folder)
            _compare(assistant, questions)


def _compare(assistant: Assistant, questions: Sequence[Question]) -> None:
    store = assistant._store

    def passages(ids: Sequence[str]) -> list[tuple[str, str]]:
        return [(node.article_id, node.text) for node in store.passages(ids)]

    def dense(text: str) -> list[str]:
        return [id_ for id_, _ in store.dense(text, 50)]

    def lexical(text: str) -> list[str]:
        return [id_ for id_, _ in store.lexical(text, 50)]

    def both(text: str) -> list[str]:
        return [id_ for id_, _ in reciprocal_rank_fusion([dense(text), lexical(text)])]

    def searched(text: str) -> list[tuple[str, str]]:
        return [(hit.article_id, hit.text) for hit in assistant.search(text, TOP)]

    print(f"{len(questions)} questions, {store.count()[1]} passages")
    for name, rank in (("dense", dense), ("lexical", lexical), ("both, fused", both)):
        found = ranks(questions, lambda text, rank=rank: passages(rank(text)[:TOP]))  # type: ignore[misc]
        print(f"{name:<16}{figures(found)}", flush=True)
    print(f"{'search()':<16}{figures(ranks(questions, searched))}", flush=True)


if __name__ == "__main__":
    main()

"""How often the passage is found among many: `python -m tests.bench.crowd FOLDER [final]`.

All collections that confidence is fitted on stand in one archive in FOLDER, made where it is
missing. A hit is a passage of a right article that holds a reference answer. Parameters are chosen
on the half of the articles that is asked without `final`.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.ingestion import ingest
from qa.metrics.answers import holds
from qa.retrieval.fusion import reciprocal_rank_fusion
from qa.retrieval.retriever import HybridRetriever
from qa.training.confidence.collections import FIT, HELD, Collection, load
from tests.bench.collection import ROOT
from vectorstore.store import Store

if TYPE_CHECKING:
    from vectorstore.passage import Passage

DEPTHS = (1, 5, 10, 20, 50)
_MOST = 300  # questions of a collection
Search = Callable[[str], Sequence[str]]  # passage ids, best first


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a collection, and the passages that answer it."""

    collection: str
    text: str
    right: frozenset[str]


def archive(folder: Path, collections: Sequence[Collection]) -> Store:
    """One archive of all articles; an article's id is `collection/file`."""
    articles = folder / "articles"
    for one in collections:
        if one.folder:
            shutil.copytree(one.folder, articles / one.name, dirs_exist_ok=True)
        for document in one.documents:
            front = f"---\ntitle: {json.dumps(document.title)}\n---\n\n" if document.title else ""
            file = articles / one.name / document.name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{front}{document.text}\n", "utf-8")
    store = Store.open(folder / "archive")
    ingest(store, [articles])
    return store


def questions(collections: Sequence[Collection], store: Store, part: str) -> Iterator[Asked]:
    """Those of one half that some passage answers, some hundred of each collection."""
    passages: dict[str, list[Passage]] = {}
    rows = store._passages.rows().tolist()
    for node in store.passages(list(store._passages.ids(rows).values())):
        passages.setdefault(node.article_id, []).append(node)
    for one in collections:
        asked = []
        for question in (q for q in one.questions if q.part == part):
            near = [n for a in question.articles for n in passages.get(f"{one.name}/{a}", ())]
            said = question.answers + question.proofs
            right = frozenset(n.id for n in near if any(holds(n.text, s) for s in said))
            if right:
                asked.append(Asked(one.name, question.text, right))
        yield from random.Random(7).sample(asked, min(_MOST, len(asked)))


def figures(asked: Sequence[Asked], search: Search) -> dict[str, list[float]]:
    """Collection to its hits at each depth; under "all" their mean."""
    hits: dict[str, list[list[bool]]] = {}
    for one in asked:
        found = search(one.text)
        row = [not one.right.isdisjoint(found[:depth]) for depth in DEPTHS]
        hits.setdefault(one.collection, []).append(row)
    means = {name: np.mean(rows, axis=0) for name, rows in hits.items()}
    means["all"] = np.mean(list(means.values()), axis=0)
    return {name: [float(value) for value in mean] for name, mean in means.items()}


def searches(store: Store) -> dict[str, Search]:
    """Each half by itself, both fused, and what is shipped."""
    most = DEPTHS[-1]

    def dense(text: str) -> list[str]:
        return [id_ for id_, _ in store.dense(text, most)]

    def lexical(text: str) -> list[str]:
        return [id_ for id_, _ in store.lexical(text, most)]

    def fused(text: str) -> list[str]:
        return [id_ for id_, _ in reciprocal_rank_fusion([dense(text), lexical(text)])]

    retriever = HybridRetriever(store, top_k=most, candidates=most)

    def nearest(text: str) -> list[str]:
        return [one.passage.id for one in retriever.retrieve(text)]

    return {"dense": dense, "lexical": lexical, "fused": fused, "nearest": nearest}


def main() -> None:
    folder, part = Path(sys.argv[1]), HELD if sys.argv[2:] == ["final"] else FIT
    collections = list(load(ROOT.parent / "shared", ROOT))
    with archive(folder, collections) as store:
        asked = list(questions(collections, store, part))
        print(f"{len(asked)} questions, {store.count()[1]} passages; hit@{DEPTHS}")
        for name, search in searches(store).items():
            for collection, values in figures(asked, search).items():
                print(f"{name:<10}{collection:<14}" + "".join(f"{v:8.3f}" for v in values))


if __name__ == "__main__":
    main()

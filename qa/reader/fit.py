"""Fits the sentence reader's weights: `python -m qa.reader.fit SQUAD.json`.

The questions of a SQuAD file are asked of an archive made of its own articles, twice: with the
right article there, and without it. What is fitted is whether a sentence holds an answer, then, by
Platt's scaling on other articles, how likely the best sentence is right; the threshold is the one
with the best mean of right answers given and refusals made.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.reader.sentence_reader import FEATURES, Encode, features, remembering, sentences_of
from qa.retrieval.retriever import HybridRetriever, text_nodes
from vectorstore.records import Article, Filter

if TYPE_CHECKING:
    from vectorstore.store import Store

SEED = 20241104
QUESTIONS_PER_ARTICLE = 20
PASSAGES_READ = 12


@dataclass(frozen=True)
class Question:
    """A question, the article that answers it, and where."""

    text: str
    article_id: str
    answers: tuple[tuple[int, int], ...]  # offsets in the article's text


@dataclass(frozen=True)
class Asked:
    """The sentences read for one question: their features, and which of them answer."""

    rows: Any  # [sentences, FEATURES]
    right: Any  # bool [sentences]


def squad(path: Path) -> Iterator[tuple[Article, list[Question]]]:
    """The articles of a SQuAD v1.1 file, a paragraph a context, with their questions."""
    for number, entry in enumerate(json.loads(path.read_text("utf-8"))["data"]):
        id_, text, questions = f"{number:03}.txt", "", []
        for paragraph in entry["paragraphs"]:
            shift = len(text)
            text += paragraph["context"].rstrip() + "\n\n"
            for qa in paragraph["qas"]:
                spans = (
                    (shift + a["answer_start"], shift + a["answer_start"] + len(a["text"]))
                    for a in qa["answers"]
                )
                questions.append(Question(qa["question"].strip(), id_, tuple(spans)))
        title = str(entry.get("title", "")).replace("_", " ")
        article = Article(
            id=id_, title=title, outlet="", published=None, url="", text=text.strip(), path=id_
        )
        yield article, questions


def ask(store: Store, encode: Encode, question: Question, *, without: bool) -> Asked:
    """Read what retrieval finds for a question, with its article in the archive or without it."""
    others = tuple(id_ for id_ in store.hashes() if id_ != question.article_id)
    where = Filter(article_ids=others) if without else None
    retriever = HybridRetriever(store, top_k=PASSAGES_READ, where=where)
    passages = text_nodes(retriever.retrieve(question.text))
    spans = [sentences_of(passage) for passage in passages]
    rows = features(question.text, passages, spans, encode)
    right = [
        passage.metadata["article_id"] == question.article_id
        and any(
            start <= a - (passage.start_char_idx or 0) and b - (passage.start_char_idx or 0) <= end
            for a, b in question.answers
        )
        for passage, sentences in zip(passages, spans, strict=True)
        for start, end in sentences
    ]
    return Asked(rows, np.array(right))


def fit(train: Sequence[Asked], held: Sequence[Asked]) -> dict[str, list[float]]:
    """Return the weights that `SentenceReader` loads."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(max_iter=2000, C=1.0)
    rows, right = np.vstack([a.rows for a in train]), np.concatenate([a.right for a in train])
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    model.fit((rows - mean) / scale, right)
    weights = model.coef_[0] / scale
    intercept = float(model.intercept_[0] - (weights * mean).sum())
    best = [a.rows @ weights + intercept for a in held]
    logits = np.array([logit.max() for logit in best])
    correct = np.array([bool(a.right[logit.argmax()]) for a, logit in zip(held, best, strict=True)])
    platt = LogisticRegression().fit(logits[:, None], correct)
    slope, offset = float(platt.coef_[0][0]), float(platt.intercept_[0])
    probabilities = 1 / (1 + np.exp(-(slope * logits + offset)))
    answerable = np.array([a.right.any() for a in held])
    return {
        "features": weights.tolist(),
        "intercept": [intercept],
        "calibration": [slope, offset],
        "threshold": [best_threshold(probabilities, correct, answerable)],
    }


def best_threshold(probabilities: Any, correct: Any, answerable: Any) -> float:
    """The threshold with the best mean of right answers given and refusals rightly made."""

    def mean(threshold: float) -> float:
        given = probabilities >= threshold
        return float((correct & given)[answerable].mean() + (~given)[~answerable].mean())

    return max((round(t, 2) for t in np.arange(0.02, 0.9, 0.01)), key=mean)


def report(held: Sequence[Asked], weights: dict[str, list[float]]) -> None:
    """Print what the weights do on held-out articles."""
    from sklearn.metrics import roc_auc_score

    logits = [a.rows @ np.array(weights["features"]) for a in held]
    answerable = [bool(a.right.any()) for a in held]
    first = [
        bool(a.right[logit.argmax()])
        for a, logit, can in zip(held, logits, answerable, strict=True)
        if can
    ]
    print(f"right sentence first, where one was retrieved: {np.mean(first):.3f} of {len(first)}")
    auroc = roc_auc_score(answerable, [logit.max() for logit in logits])
    print(f"answerable against not, AUROC: {auroc:.3f}")
    for name, weight in zip(FEATURES, weights["features"], strict=True):
        print(f"  {name:<18} {weight:+.3f}")


def main() -> None:
    from qa.articles.passages import passages
    from vectorstore.embedding import Embedding
    from vectorstore.store import Store

    chance = random.Random(SEED)
    embedding = Embedding.open()
    encode = remembering(embedding.encode)
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder), embedding=embedding) as store:
            collection = list(squad(Path(sys.argv[1])))
            for article, _ in collection:
                nodes = passages(article, embedding.piece_counts, max_pieces=embedding.max_pieces)
                store.put([(article, nodes, article.id)])
            asked: list[list[Asked]] = [[], []]
            for number, (_, questions) in enumerate(collection):
                drawn = chance.sample(questions, min(QUESTIONS_PER_ARTICLE, len(questions)))
                for question in drawn:
                    for without in (False, True):
                        asked[number % 2].append(ask(store, encode, question, without=without))
                print(f"\rasked of {number + 1} of {len(collection)} articles", end="", flush=True)
            print()
    weights = fit(*asked)
    report(asked[1], weights)
    out = Path(__file__).with_name("sentence_reader.json")
    out.write_text(json.dumps(weights, indent=1) + "\n", "utf-8")
    print(f"threshold {weights['threshold'][0]:.2f}; wrote {out.name}")


if __name__ == "__main__":
    main()

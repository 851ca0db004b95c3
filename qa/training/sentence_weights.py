"""Fits the sentence reader: `python -m qa.training.sentence_weights SQUAD ARTICLES QUESTIONS`.

The questions of a SQuAD file are asked of an archive made of its own articles, twice: with the
right article there, and without it. What is fitted is whether a sentence holds an answer, then, by
Platt's scaling on other articles, how likely the best sentence is right. The threshold is the one
with the best mean of right answers given and refusals made on the development questions, which
are asked of ARTICLES.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.reader import sentence_reader
from qa.reader.sentence_reader import FEATURES, Encode, features, remembering, sentences_of
from qa.retrieval.ranked import unscored
from qa.retrieval.retriever import HybridRetriever
from vectorstore.passage import Passage
from vectorstore.records import Article, Filter

if TYPE_CHECKING:
    from vectorstore.store import Store

Weights = dict[str, list[float]]

SEED = 20241104
QUESTIONS_PER_ARTICLE = 20
PASSAGES_READ = 12


Holds = Callable[["Passage", int, int], bool]  # whether passage.text[start:end] answers


@dataclass(frozen=True)
class Question:
    """A question, the articles that answer it (none: nothing does), and what is a right answer."""

    text: str
    article_ids: tuple[str, ...]
    holds: Holds


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
                spans = [
                    (shift + a["answer_start"], shift + a["answer_start"] + len(a["text"]))
                    for a in qa["answers"]
                ]
                questions.append(Question(qa["question"].strip(), (id_,), _at(spans)))
        title = str(entry.get("title", "")).replace("_", " ")
        article = Article(
            id=id_, title=title, outlet="", published=None, url="", text=text.strip(), path=id_
        )
        yield article, questions


def development(path: Path) -> Iterator[Question]:
    """The questions of a JSONL file that sentences answer; archive, greeting and such are left."""
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        if entry["type"] not in {"metadata", "archive", "greeting", "digest"}:
            yield Question(entry["question"], tuple(entry["articles"]), _saying(entry["answers"]))


def _at(spans: Sequence[tuple[int, int]]) -> Holds:
    def holds(passage: Passage, start: int, end: int) -> bool:
        shift = passage.start
        return any(shift + start <= a and b <= shift + end for a, b in spans)

    return holds


def _saying(answers: Sequence[str]) -> Holds:
    return lambda passage, start, end: any(
        answer.casefold() in passage.text[start:end].casefold() for answer in answers
    )


def ask(store: Store, encode: Encode, question: Question, *, without: bool = False) -> Asked:
    """Read what retrieval finds for a question; `without` the articles that answer it, if asked."""
    others = tuple(id_ for id_ in store.hashes() if id_ not in question.article_ids)
    where = Filter(article_ids=others) if without else None
    retriever = HybridRetriever(store, top_k=PASSAGES_READ, where=where)
    passages = unscored(retriever.retrieve(question.text))
    spans = [sentences_of(passage) for passage in passages]
    rows = features(question.text, passages, spans, encode)
    right = [
        passage.article_id in question.article_ids and question.holds(passage, start, end)
        for passage, sentences in zip(passages, spans, strict=True)
        for start, end in sentences
    ]
    return Asked(rows, np.array(right))


def fit(train: Sequence[Asked], held: Sequence[Asked], tune: Sequence[Asked]) -> Weights:
    """Return the weights that `SentenceReader` loads."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(max_iter=2000)
    rows, right = np.vstack([a.rows for a in train]), np.concatenate([a.right for a in train])
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    model.fit((rows - mean) / scale, right)
    weights = model.coef_[0] / scale
    intercept = float(model.intercept_[0] - (weights * mean).sum())
    logits, correct, _ = best_of(held, weights, intercept)
    platt = LogisticRegression().fit(logits[:, None], correct)
    slope, offset = float(platt.coef_[0][0]), float(platt.intercept_[0])
    logits, correct, answerable = best_of(tune, weights, intercept)
    probabilities = 1 / (1 + np.exp(-(slope * logits + offset)))
    return {
        "features": weights.tolist(),
        "intercept": [intercept],
        "calibration": [slope, offset],
        "threshold": [best_threshold(probabilities, correct, answerable)],
    }


def best_of(asked: Sequence[Asked], weights: Any, intercept: float) -> tuple[Any, Any, Any]:
    """For each question the best sentence's logit, whether it is right, and whether one was."""
    scored = [a.rows @ weights + intercept for a in asked]
    right = [bool(a.right[logit.argmax()]) for a, logit in zip(asked, scored, strict=True)]
    able = [bool(a.right.any()) for a in asked]
    return np.array([logit.max() for logit in scored]), np.array(right), np.array(able)


def best_threshold(probabilities: Any, correct: Any, answerable: Any) -> float:
    """The threshold with the best mean of right answers given and refusals rightly made."""

    def mean(threshold: float) -> float:
        given = probabilities >= threshold
        return float((correct & given)[answerable].mean() + (~given)[~answerable].mean())

    return max((round(float(t), 2) for t in np.arange(0.02, 0.9, 0.01)), key=mean)


def report(name: str, asked: Sequence[Asked], weights: Weights) -> None:
    """Print what the weights do on questions that they were not fitted to."""
    from sklearn.metrics import roc_auc_score

    logits, right, able = best_of(asked, np.array(weights["features"]), weights["intercept"][0])
    slope, offset = weights["calibration"]
    given = 1 / (1 + np.exp(-(slope * logits + offset))) >= weights["threshold"][0]
    print(
        f"{name}: {len(asked)} questions; right sentence first {right[able].mean():.3f}; "
        f"answerable against not, AUROC {roc_auc_score(able, logits):.3f}; at the threshold "
        f"{(right & given)[able].mean():.3f} answered rightly, "
        f"{(~given)[~able].mean():.3f} refused rightly"
    )


def main() -> None:
    squad_file, folder, questions_file = map(Path, sys.argv[1:4])
    train, held = _ask_squad(squad_file)
    tune = _ask_development(folder, questions_file)
    weights = fit(train, held, tune)
    for name, weight in zip(FEATURES, weights["features"], strict=True):
        print(f"  {name:<24} {weight:+.3f}")
    report("held-out articles", held, weights)
    report("development questions", tune, weights)
    out = Path(sentence_reader.__file__).with_name("sentence_reader.json")
    out.write_text(json.dumps(weights, indent=1) + "\n", "utf-8")
    print(f"threshold {weights['threshold'][0]:.2f}; wrote {out.name}")


def _ask_squad(path: Path) -> tuple[list[Asked], list[Asked]]:
    """Half of the articles' questions to fit on and half held out, each asked twice."""
    chance = random.Random(SEED)
    collection = list(squad(path))
    asked: tuple[list[Asked], list[Asked]] = ([], [])
    with _archive([article for article, _ in collection]) as store:
        encode = remembering(store.embedding.encode)
        for number, (_, questions) in enumerate(collection):
            for question in chance.sample(questions, min(QUESTIONS_PER_ARTICLE, len(questions))):
                for without in (False, True):
                    asked[number % 2].append(ask(store, encode, question, without=without))
            print(f"\rasked of {number + 1} of {len(collection)} articles", end="", flush=True)
    print()
    return asked


def _ask_development(folder: Path, questions: Path) -> list[Asked]:
    from qa.articles import read_article

    articles = [read_article(file, root=folder) for file in sorted(folder.glob("*.md"))]
    with _archive(articles) as store:
        encode = remembering(store.embedding.encode)
        return [ask(store, encode, question) for question in development(questions)]


@contextmanager
def _archive(articles: Sequence[Article]) -> Iterator[Store]:
    from qa.articles.passages import passages
    from vectorstore.embedding import Embedding
    from vectorstore.store import Store

    embedding = Embedding.open()
    cut = (
        (a, passages(a, embedding.piece_counts, max_pieces=embedding.max_pieces), a.id)
        for a in articles
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder), embedding=embedding) as store,
    ):
        store.put(list(cut))
        yield store


if __name__ == "__main__":
    main()

"""The collections whose questions confidence is fitted on: articles, questions, what is right.

Each is asked as a user would ask it: an archive of files of its own. Whole articles are fitted on
or held out, and none of them did the shipped reader learn from.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.language.words import specifics, stems
from qa.training.data import DOMAINS, article_parts

FIT, HELD = "fit", "held"
_UNCOUNTED = {"metadata", "archive", "greeting", "digest"}  # other routes answer these
_SPACED = (
    (re.compile(r"`` ?| ?''"), '"'),
    (re.compile(r" ([,.;:?!%)\]’]|'s\b|n't\b|'re\b)"), r"\1"),
    (re.compile(r"([(\[$]) "), r"\1"),
    (re.compile(r"(\w) (-+|–) (\w)"), r"\1\2\3"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """An article: its text, and the name of its file, which is its id in the archive."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the articles that answer it (none: nothing does), and what is right."""

    text: str
    articles: tuple[str, ...]
    answers: tuple[str, ...] = ()  # short ones; any will do
    proofs: tuple[str, ...] = ()  # sentences, where the answer is long; any will do
    part: str = FIT


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles, as documents to write or a folder of files, and the questions on them."""

    name: str
    questions: tuple[Question, ...]
    documents: tuple[Document, ...] = ()
    folder: Path | None = None


def load(shared: Path, root: Path) -> Iterator[Collection]:
    """Every collection that is there.

    Args:
        shared: the folder of data sets; what is absent is left out.
        root: the repository, for its invented news and its seeds.
    """
    makers: tuple[tuple[str, Path, Callable[[str, Path], Collection]], ...] = (
        ("news", root / "tests/data/news-questions.jsonl", _asked_of(root / "tests/data/news")),
        ("seeds", root / "tests/data/questions.jsonl", _asked_of(root / "seeds")),
        ("qamr", shared / "qa-data/qamr.jsonl", _qamr),
        ("new_wiki", shared / f"squadshifts/{DOMAINS[0]}.json", _new_wiki),
        ("squad2", shared / "qa-data/squad2.json", _squad2),
        ("clapnq", shared / "qa-data/clapnq.jsonl", _clapnq),
        ("qed", shared / "qa-data/qed.jsonl", _qed),
        ("selqa", shared / "qa-data/selqa.jsonl", _selqa),
    )
    for name, path, make in makers:
        if path.exists():
            yield make(name, path)


def part_of(collection: str, article: str) -> str:
    """Which half an article and all that is asked of it belong to, by hash."""
    digest = hashlib.sha256(f"{collection} {article}".encode()).digest()
    return HELD if digest[0] % 2 else FIT


def _new_wiki(name: str, path: Path) -> Collection:
    entries = json.loads(path.read_text("utf-8"))["data"]
    parts = article_parts(len(entries))
    kept = [n for n in range(len(entries)) if parts[n] != "train"]
    halves = [FIT if parts[n] == "dev" else HELD for n in kept]
    return _squad(name, [entries[n] for n in kept], halves)


def _squad2(name: str, path: Path) -> Collection:
    entries = json.loads(path.read_text("utf-8"))["data"]
    return _squad(name, entries, [part_of(name, entry["title"]) for entry in entries])


def _squad(name: str, entries: Sequence[dict[str, Any]], parts: Sequence[str]) -> Collection:
    documents, questions = [], []
    for entry, part in zip(entries, parts, strict=True):
        title = entry["title"].replace("_", " ")
        paragraphs = [" ".join(one["context"].split()) for one in entry["paragraphs"]]
        documents.append(_document(title, "\n\n".join(paragraphs)))
        for qa in (qa for one in entry["paragraphs"] for qa in one["qas"]):
            given = () if qa.get("is_impossible") else tuple(a["text"] for a in qa["answers"])
            where = (documents[-1].name,) if given else ()
            questions.append(Question(qa["question"].strip(), where, given, part=part))
    return Collection(name, tuple(questions), tuple(documents))


def _qamr(name: str, path: Path) -> Collection:
    """Wikinews sentences put back into their articles; questions that name what they ask about."""
    rows = [row for row in _lines(path) if row["source"] == "wikinews"]
    articles: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
    questions: dict[str, Question] = {}
    for row in rows:
        *_, article, paragraph, place = row["sentence"].split(":")
        articles[article][int(paragraph), int(place)] = row["context"]
        asked = row["question"].strip()
        if specifics(asked.partition(" ")[2]) and len(stems(asked)) >= 4:
            answers = tuple(dict.fromkeys(answer["text"] for answer in row["answers"]))
            where = (f"{article}.md",)
            questions[asked] = Question(asked, where, answers, part=part_of(name, article))
    documents = []
    for article, sentences in articles.items():
        paragraphs: dict[int, list[str]] = defaultdict(list)
        for (paragraph, _), sentence in sorted(sentences.items()):
            paragraphs[paragraph].append(sentence)
        text = "\n\n".join(" ".join(one) for one in paragraphs.values())
        documents.append(Document(f"{article}.md", "", text))
    return Collection(name, tuple(questions.values()), tuple(documents))


def _selqa(name: str, path: Path) -> Collection:
    """Sections of Wikipedia; of the questions those that were reworded away from the text."""
    sections: dict[str, dict[str, str]] = defaultdict(dict)
    questions = []
    for row in _some(_lines(path), "article", 3):
        title = row["article"]
        sections[title][row["section"]] = " ".join(row["sentences"])
        if row["paraphrase"]:
            proofs = tuple(row["sentences"][n] for n in row["right"])
            questions.append(_proved(name, row["question"], title, proofs))
    documents = [_document(title, "\n\n".join(one.values())) for title, one in sections.items()]
    return Collection(name, tuple(questions), tuple(documents))


def _qed(name: str, path: Path) -> Collection:
    """What users typed into a search engine, where one passage proves the answer."""
    contexts: dict[str, dict[str, None]] = defaultdict(dict)
    questions = []
    for row in _some(_lines(path), "title", 2):
        title = row["title"]
        contexts[title][_joined(row["context"])] = None
        if row["kind"] != "none":
            answers = tuple(_joined(answer["text"]) for answer in row["answers"])
            where, part = (_document(title, "").name,), part_of(name, title)
            questions.append(Question(row["question"], where, answers, part=part))
    documents = [_document(title, "\n\n".join(one)) for title, one in contexts.items()]
    return Collection(name, tuple(questions), tuple(documents))


def _clapnq(name: str, path: Path) -> Collection:
    """Questions with long answers, and such as their passage leaves open."""
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    questions = []
    for row in _some(_lines(path), "title", 2):
        texts[row["title"]][_joined(row["text"])] = None
        proofs = tuple(_joined(sentence) for sentence in row["selected"])
        questions.append(_proved(name, row["question"], row["title"], proofs))
    documents = [_document(title, "\n\n".join(one)) for title, one in texts.items()]
    return Collection(name, tuple(questions), tuple(documents))


def _asked_of(folder: Path) -> Callable[[str, Path], Collection]:
    def make(name: str, path: Path) -> Collection:
        questions = [
            Question(
                row["question"],
                tuple(row["articles"]),
                tuple(row["answers"]),
                part=part_of(name, row["articles"][0] if row["articles"] else row["question"]),
            )
            for row in _lines(path)
            if row["type"] not in _UNCOUNTED
        ]
        return Collection(name, tuple(questions), folder=folder)

    return make


def _proved(collection: str, question: str, title: str, proofs: tuple[str, ...]) -> Question:
    where = (_document(title, "").name,) if proofs else ()
    return Question(question, where, proofs=proofs, part=part_of(collection, title))


def _document(title: str, text: str) -> Document:
    return Document(re.sub(r"\W+", "-", title).strip("-").lower() + ".md", title, text)


def _joined(spaced: str) -> str:
    """A text of spaced-out tokens as people write it, near enough."""
    for pattern, close in _SPACED:
        spaced = pattern.sub(close, spaced)
    return " ".join(spaced.split())


def _some(rows: list[dict[str, Any]], article: str, one_in: int) -> list[dict[str, Any]]:
    """The rows of some articles, by hash: enough to ask, and quickly embedded."""
    return [row for row in rows if hashlib.sha256(row[article].encode()).digest()[1] % one_in == 0]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

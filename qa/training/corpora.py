"""Further questions to learn from: what people search, other words, long answers, honest silence.

Each loader gives passages and questions in the form of `data`; whole articles are held out.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qa.training.data import Passage, Question, Span

HELD_OUT, DEVELOPED = 0.15, 0.07  # shares of the articles
NEIGHBOURS = (2, 5)  # sentences that make a passage where the data has only sentences
QAMR_EACH = 12  # questions that are kept of a sentence
TELLING = 3  # words that a question about a sentence must share with its surroundings to be one

_MARKS = {"``": ' "', "''": '" ', "--": "- ", "-lrb-": "(    ", "-rrb-": ")    "}
_MARKED = re.compile("|".join(_MARKS), re.IGNORECASE)
_SMALL = frozenset(
    "a an the is are was were be been being do does did has have had of in on at to for from by "
    "with and or that this it what which who whom whose when where why how many much something "
    "someone thing things type kind sort some not one there".split()
)

Row = dict[str, Any]
Found = tuple[list[Passage], list[Question]]


def load(folder: Path) -> Found:
    """All collections of the folder, one after the other; those that are absent are left out."""
    passages: list[Passage] = []
    questions: list[Question] = []
    for name, loader in LOADERS.items():
        if not (folder / name).exists():
            continue
        more, asked = loader(folder / name)
        shift = len(passages)
        passages += more
        questions += [replace(question, passage=question.passage + shift) for question in asked]
    return passages, questions


def squad2(path: Path) -> Found:
    """SQuAD 2.0: half of the questions look answerable and are not."""
    passages, questions = [], []
    for article in json.loads(path.read_text("utf-8"))["data"]:
        title = article["title"].replace("_", " ")
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            passages.append(Passage("squad2", title, text, part("squad2", title)))
            questions += [
                _asked(qa["question"], len(passages) - 1, text, qa["answers"])
                for qa in paragraph["qas"]
            ]
    return passages, questions


def qamr(path: Path) -> Found:
    """Questions about the words of a sentence, in passages made of a source's sentences."""
    rows = _rows(path)
    asked: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        asked[row["sentence"]].append(row)
    sources: dict[str, list[str]] = defaultdict(list)
    for name in sorted(asked, key=_place):
        sources[name.rsplit(":", 2)[0]].append(name)
    passages, questions = [], []
    for source, names in sources.items():
        rng = random.Random(source)
        texts = {name: asked[name][0]["context"] for name in names}
        for number, name in enumerate(names):
            text, start = _among([texts[n] for n in names], number, rng)
            domain = f"qamr {asked[name][0]['source']}"
            passages.append(Passage(domain, "", text, part("qamr", source)))
            telling = [row for row in asked[name] if _tells(row["question"])]
            rng.shuffle(telling)
            questions += [
                _asked(row["question"], len(passages) - 1, text, row["answers"], start)
                for row in telling[:QAMR_EACH]
            ]
    return passages, questions


def qed(path: Path) -> Found:
    """Real search questions, with the sentence that proves the answer."""
    passages, questions = [], []
    for row in _rows(path):
        text, title = spaced(row["context"]), row["title"]
        passages.append(Passage("qed", title, text, part("qed", title)))
        asked = _asked(row["question"], len(passages) - 1, text, row["answers"])
        if row["kind"] == "none":
            continue  # what the annotators did not mark may be an answer all the same
        questions.append(asked)
    return passages, questions


def selqa(path: Path) -> Found:
    """Sections as sentences, half of the questions reworded away from the text; no spans."""
    passages: list[Passage] = []
    questions: list[Question] = []
    known: dict[str, int] = {}
    for row in _rows(path):
        text, bounds = _joined(row["sentences"])
        if text not in known:
            known[text] = len(passages)
            title = f"{row['article']}, {row['section']}"
            passages.append(Passage("selqa", title, text, part("selqa", row["article"])))
        right = tuple(bounds[number] for number in row["right"])
        questions.append(Question(row["question"], known[text], (), (), right))
    return passages, questions


def clapnq(path: Path) -> Found:
    """Questions with long answers, and some that their passage does not answer."""
    passages, questions = [], []
    for row in _rows(path):
        sentences = [spaced(sentence) for sentence in row["sentences"]]
        text, bounds = _joined(sentences)
        passages.append(Passage("clapnq", row["title"], text, part("clapnq", row["title"])))
        chosen = {spaced(sentence) for sentence in row["selected"]} if row["answer"] else set()
        right = tuple(b for s, b in zip(sentences, bounds, strict=True) if s in chosen)
        if right or not row["answer"]:
            asked = Question(row["question"], len(passages) - 1, (), (), right)
            questions.append(asked if right else _silent(asked))
    return passages, questions


def squad_sentences(path: Path) -> Found:
    """Question and answering sentence, put among the sentences of the rows around it; no spans."""
    rows = _rows(path)
    distinct = list(dict.fromkeys(row["sentence"] for row in rows))
    passages: list[Passage] = []
    homes: dict[str, tuple[int, Span]] = {}
    rng = random.Random("squad_sentences")
    while distinct:
        taken = distinct[: rng.randint(*NEIGHBOURS)]
        distinct = distinct[len(taken) :]
        text, bounds = _joined([spaced(sentence) for sentence in taken])
        homes |= {s: (len(passages), b) for s, b in zip(taken, bounds, strict=True)}
        passages.append(Passage("squad sentences", "", text, "train"))
    return passages, [
        Question(row["question"], homes[row["sentence"]][0], (), (), (homes[row["sentence"]][1],))
        for row in rows
    ]


LOADERS = {
    "squad2.json": squad2,
    "qamr.jsonl": qamr,
    "qed.jsonl": qed,
    "selqa.jsonl": selqa,
    "clapnq.jsonl": clapnq,
    "squad_sentences.jsonl": squad_sentences,
}


def part(collection: str, article: str) -> str:
    """Where an article belongs: "train", "dev" or "test", the same each time."""
    digest = hashlib.sha256(f"{collection} {article}".encode()).digest()
    number = int.from_bytes(digest[:4]) / 2**32
    return "test" if number < HELD_OUT else "dev" if number < HELD_OUT + DEVELOPED else "train"


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _asked(
    text: str, passage: int, context: str, answers: Sequence[Row], shift: int = 0
) -> Question:
    """A question with spans; where there is no answer, one that its passage is silent on."""
    spans = []
    for answer in answers:
        start = shift + answer["answer_start"]
        words = answer["text"]
        if words.strip() and start + len(words) <= len(context):
            spans.append((start, start + len(words)))
    wordings = tuple(dict.fromkeys(context[start:end] for start, end in spans))
    asked = Question(text.strip(), passage, tuple(spans), wordings)
    return asked if spans else _silent(asked)


def _silent(question: Question) -> Question:
    return Question(question.text, question.passage, (), (), (), possible=False)


def spaced(text: str) -> str:
    """Treebank's quotes and brackets as they are printed, at the same offsets."""
    return _MARKED.sub(lambda match: _MARKS[match[0].lower()], text)


def _joined(sentences: Sequence[str]) -> tuple[str, list[Span]]:
    text, bounds = "", []
    for sentence in sentences:
        start = len(text) + bool(text)
        text = f"{text} {sentence}" if text else sentence
        bounds.append((start, len(text)))
    return text, bounds


def _place(name: str) -> tuple[str, int, int]:
    source, paragraph, sentence = name.rsplit(":", 2)
    return source, int(paragraph), int(sentence)


def _among(texts: Sequence[str], number: int, rng: random.Random) -> tuple[str, int]:
    """A sentence with some of those around it, and where it starts."""
    size = rng.randint(*NEIGHBOURS)
    first = max(0, min(number - rng.randrange(size), len(texts) - size))
    chosen = texts[first : first + size]
    text, bounds = _joined(chosen)
    return text, bounds[number - first][0]


def _tells(question: str) -> bool:
    """Whether a question names enough to be asked of more than its own sentence."""
    words = [word for word in re.findall(r"[\w'-]+", question) if word.lower() not in _SMALL]
    names = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return len(words) >= TELLING or (len(words) == TELLING - 1 and names > 0)

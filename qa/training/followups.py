"""Fits how follow-ups are understood: `python -m qa.training.followups DIALOGUES.jsonl CHATS.jsonl`

DIALOGUES holds, a line each, what was said, a question, and the question as people made it stand
alone (CANARD, TREC CAsT); CHATS the same for news. Half of the dialogues is fitted on. A ranker
learns what a leaning piece means by raising the expected token F1 against the human's question over
all it could mean. A logistic regression learns whether a question leans; its threshold is the least
that leaves at most `CHANGED` of the questions that stand alone changed, each judged by weights that
never saw its dialogue. Both are written as readable weights.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from qa.answering.understanding import followups, leaning
from qa.answering.understanding.referents import Option, additions, options
from qa.answering.understanding.settled import open_slots, stands_alone
from qa.answering.understanding.slots import wants_other
from qa.answering.understanding.talk import Talk, talk_of
from qa.language.words import telling_words, words

OUT = Path(followups.__file__).with_suffix(".json")
CHANGED = 0.03  # of the questions that stand alone
LEAST = 0.45  # probability of leaning, below which a question is left whatever the share
DECAY = 0.05
ENTROPY, SHARP = 0.2, 0.03  # its weight, and how much better an option has to be
CHATS = 3  # how often our own dialogues are counted
ROUNDS = 2  # the second learns from conversations as the first understands them
_HEADED = 2  # utterances before the first question of CANARD: a title and a heading

Turn = dict[str, Any]
Choice = tuple[list[Option], list[float]]  # what a piece may mean, and the F1 of each


def half(turn: Turn) -> str:
    """Which half a dialogue belongs to: one to fit on, the other to report on."""
    digest = hashlib.sha256(turn["dialogue"].encode()).digest()
    return "final" if digest[-1] % 2 else "dev"


def turns(path: Path, wanted: str) -> Iterator[Turn]:
    """The questions of a half that have something before them."""
    for line in path.read_text("utf-8").splitlines():
        turn = json.loads(line)
        if turn["history"] and half(turn) == wanted:
            yield turn


def messages(turn: Turn) -> list[dict[str, str]]:
    """What was said, as a chat has it. CANARD opens with a title and a heading; CAsT only asks."""
    answers = not turn["from"].startswith("CAsT")
    return [
        {"role": "assistant" if answers and place % 2 else "user", "content": said}
        for place, said in enumerate(turn["history"])
    ]


def chats(path: Path, wanted: str) -> Iterator[Turn]:
    """The turns of a half of our own dialogues."""
    for line in path.read_text("utf-8").splitlines():
        turn = json.loads(line)
        if turn["half"] == wanted:
            chat = {**turn, "from": "chat", "dialogue": turn["history"][0]}
            # Once with the direct answer before each quote, once without.
            yield from (chat, {**chat, "history": [bare(said) for said in turn["history"]]})


def bare(said: str) -> str:
    """An answer without its direct answer, a question as it is."""
    return said.partition("\n\n")[2] or said


def untitled(turn: Turn, first: dict[str, str]) -> Turn | None:
    """A dialogue as a chat has it: no title, and a first question that stands alone."""
    begun = first.get(turn["dialogue"])
    if turn["from"] != "CANARD" or not begun or len(turn["history"]) <= _HEADED:
        return None
    return {**turn, "history": [begun, *turn["history"][3:]]}


def all_tokens(text: str) -> list[str]:
    return [word.lower() for word in words(text)]


def content_tokens(text: str) -> list[str]:
    return [word.lower() for word in telling_words(text)]


def f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Harmonic mean of precision and recall over tokens, as SQuAD counts them."""
    if not found or not wanted:
        return float(found == wanted)
    shared = (Counter(found) & Counter(wanted)).total()
    return 2 * shared / (len(found) + len(wanted))


def likeness(found: str, wanted: str) -> float:
    """Mean F1 over the tokens that carry meaning and over all."""
    content = f1(content_tokens(found), content_tokens(wanted))
    return (content + f1(all_tokens(found), all_tokens(wanted))) / 2


def choices(turn: Turn, talk: Talk) -> Iterator[Choice]:
    """What each piece of a leaning question may mean; where none leans, what may be added."""
    question = turn["question"]
    found = open_slots(question)
    lists = [options(question, slot, talk) for slot in found]
    for several in lists or [additions(question, talk, other=wants_other(question))]:
        values = [likeness(one.text, turn["standalone"]) for one in several]
        if max(values) > min(values):
            yield several, values


def rank(given: Sequence[Choice]) -> dict[str, dict[str, float]]:
    """The weights that make the expected F1 highest, over a softmax of the options' scores."""
    index: dict[tuple[str, str], int] = {}
    amounts, columns, ends = array("d"), array("l"), array("l", [0])
    for option in (option for several, _ in given for option in several):
        for name, amount in option.features.items():
            if amount:
                columns.append(index.setdefault((option.group, name), len(index)))
                amounts.append(amount)
        ends.append(len(columns))
    table = csr_matrix((amounts, columns, ends), (len(ends) - 1, len(index)))
    gain = np.concatenate([values for _, values in given])
    starts = np.cumsum([0, *(len(values) for _, values in given)])[:-1]
    owner = np.repeat(np.arange(len(given)), [len(values) for _, values in given])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = table @ weights
        shares = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        shares /= np.add.reduceat(shares, starts)[owner]
        expected = np.add.reduceat(shares * gain, starts)
        reached.append(float(expected.mean()))
        # The cross-entropy to the best keeps it from settling where all but one have no say.
        off = -float(best @ np.log(shares + 1e-12))
        slope = ENTROPY * (best - shares) + shares * (gain - expected[owner])
        return (
            DECAY * float(weights @ weights) + ENTROPY * off - float(expected.sum()),
            2 * DECAY * weights - table.T @ slope,
        )

    reached: list[float] = []
    best = np.exp((gain - np.maximum.reduceat(gain, starts)[owner]) / SHARP)
    best /= np.add.reduceat(best, starts)[owner]
    done = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B")
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for (group, name), place in sorted(index.items()):
        found[group][name] = round(float(done.x[place]), 3)
    print(f"expected F1 {reached[-1]:.3f} of {np.mean([max(v) for _, v in given]):.3f}")
    return found


def lean(
    rows: Sequence[dict[str, float]], truth: Sequence[bool], asked: Sequence[Turn]
) -> tuple[dict[str, float], float]:
    """Weights of whether a question leans, and the threshold by those that are not our own."""
    names = sorted({name for row in rows for name in row} - {"bias"})
    table, right = np.array([[row[name] for name in names] for row in rows]), np.array(truth)
    model = LogisticRegression(C=0.1, max_iter=2000, class_weight="balanced")
    groups = [turn["dialogue"] for turn in asked]
    held_out = cross_val_predict(
        model, table, right, groups=groups, cv=GroupKFold(10), method="predict_proba"
    )[:, 1]
    held_out[[stands_alone(turn["question"]) for turn in asked]] = 0
    theirs = np.array([turn["from"] != "chat" for turn in asked])
    threshold = max(LEAST, float(np.quantile(held_out[theirs & ~right], 1 - CHANGED)))
    left = np.mean(held_out[theirs & right] < threshold)
    print(f"threshold {threshold:.3f}: leaning left {left:.3f}")
    model.fit(table, right)
    weights = {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 3), **weights}, round(threshold, 3)


def fit(marked: Sequence[Turn], more: Sequence[Turn], *, first: bool) -> dict[str, Any]:
    """All weights; `more` tells what pieces mean, but not how often questions lean."""
    asked = [*marked, *more]
    talks = [
        talk_of([(one["role"] == "user", one["content"]) for one in messages(turn)])
        if first
        else followups.conversation(messages(turn))
        for turn in asked
    ]
    leaning_ = [all_tokens(turn["question"]) != all_tokens(turn["standalone"]) for turn in asked]
    given = [
        choice
        for turn, talk, leans in zip(asked, talks, leaning_, strict=True)
        if leans
        for choice in choices(turn, talk)
    ]
    rows = [
        leaning.features(turn["question"], talk) for turn, talk in zip(marked, talks, strict=False)
    ]
    weights, threshold = lean(rows, leaning_[: len(marked)], marked)
    return {"threshold": threshold, "leans": weights, "refers": rank(given)}


def main() -> None:
    asked = list(turns(Path(sys.argv[1]), "dev"))
    own = list(chats(Path(sys.argv[2]), "dev"))
    begun = [turn for turn in asked if len(turn["history"]) == _HEADED]
    first = {turn["dialogue"]: turn["standalone"] for turn in begun}
    more = [again for turn in asked if (again := untitled(turn, first))]
    more += [turn for turn in asked if turn["from"] != "CANARD"] * 2
    more += own * CHATS
    for number in range(ROUNDS):
        found = fit([*asked, *own[::2]], more, first=number == 0)
        OUT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
        followups._weights.cache_clear()


if __name__ == "__main__":
    main()

"""Whether two sentences answer one question of one thing, or a reader took the second for it.

"Juno Farr went to school in Marlow End" is no rival to "Juno Farr is buried at Cape Orly": it lacks
what was asked, and has nothing near it.
"""

from __future__ import annotations

import re

import numpy as np

from qa.answering.gathering.claims import Claim
from qa.language.words import specifics, stem, telling_words
from qa.reader.sentence_reader import Encode

# How near two words must be, by the cosine of their embeddings, for one to stand for the other:
# "died" for "killed" (0.79), not "high" for "long". Chosen on the development cases.
_NEAR = 0.55
_COUNTED = re.compile(r"\b(?:how (?:many|much)|which|what) [a-z]+\b", re.IGNORECASE)


def same_matter(question: str, best: Claim, other: Claim, encode: Encode) -> bool:
    """Whether `other` speaks of what is asked as `best` does.

    Names and numbers of the question may stand anywhere in the article; its other words, where the
    best sentence has them, must stand in the sentence or the headline, or by and large have their
    like in the sentence.
    """
    # "How many people" asks for a number: it may stand alone, as in "the toll rose to 52".
    asked = telling_words(_COUNTED.sub(" ", question))
    names = specifics(question)
    if not names & set(map(stem, asked)) <= _stems(f"{other.article.title} {other.article.text}"):
        return False
    said = _stems(best.evidence.text)
    held = _stems(f"{other.article.title} {other.evidence.text}")
    missing = [
        word
        for word in dict.fromkeys(asked)
        if stem(word) in said - held and stem(word) not in names
    ]
    near = [_nearest(word, other.evidence.text, encode) for word in missing]
    return not near or float(np.mean(near)) >= _NEAR


def _nearest(word: str, sentence: str, encode: Encode) -> float:
    others = [other.lower() for other in telling_words(sentence)]
    if not others:
        return 0.0
    vectors = encode([word.lower(), *others])
    return float(np.max(vectors[1:] @ vectors[0]))


def _stems(text: str) -> set[str]:
    return set(map(stem, telling_words(text)))

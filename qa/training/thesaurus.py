"""Other words for the words of a question, from WordNet's own files (Debian: `wordnet-base`)."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path("/usr/share/wordnet")
KINDS = ("noun", "verb", "adj")
COMMON = 2  # how often a word must have been met in WordNet's tagged texts to be offered
MOSTLY = 0.4  # of a word's uses that are of one part of speech, for its senses to count
OFFERED = 3  # other words for one
SHARE = 0.5  # of the words that have other words
BROADER = 0.25  # of the words are replaced by a broader one
# Words that ask, or that a question cannot do without.
KEPT = frozenset(
    "what which who whom whose when where why how many much is are was were be been do does did "
    "has have had can could will would should may might must not year date name number first last "
    "one two three being made make take place long old time people person".split()
)
# How a word ends, how its lemma does instead, and what the ending says.
ENDINGS = (
    ("ies", "y", "s"),
    ("sses", "ss", "s"),
    ("s", "", "s"),
    ("ied", "y", "ed"),
    ("ed", "", "ed"),
    ("ed", "e", "ed"),
    ("ing", "", "ing"),
    ("ing", "e", "ing"),
)
TAGS = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}  # as sense keys number them


class Thesaurus:
    """Synonyms of a word's commonest senses, and the next broader words."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read WordNet's database files, of the format that its manual calls wndb."""
        self._met, self._met_as = _frequencies(folder / "cntlist.rev")
        self._synonyms: dict[str, set[str]] = defaultdict(set)
        self._broader: dict[str, set[str]] = defaultdict(set)
        for kind in KINDS:
            self._take(folder, kind)

    def _take(self, folder: Path, kind: str) -> None:
        data = (folder / f"data.{kind}").read_bytes()
        for line in (folder / f"index.{kind}").read_text("latin-1").splitlines():
            if line.startswith(" "):  # the licence stands above the words
                continue
            lemma, _, count, *rest = line.split()
            enough = max(COMMON, MOSTLY * self._met[lemma])
            if "_" in lemma or self._met_as[lemma, kind] < enough:
                continue
            commonest = rest[-int(count) :][: 2 if kind == "verb" else 1]
            for sense in commonest:
                words, broader = _synset(data, int(sense))
                self._synonyms[lemma].update(self._offered(lemma, words))
                for offset in broader[:1]:
                    self._broader[lemma].update(self._offered(lemma, _synset(data, offset)[0]))

    def _offered(self, lemma: str, words: Sequence[str]) -> list[str]:
        known = [word for word in words if word != lemma and self._met[word] >= COMMON]
        return sorted(known, key=lambda word: -self._met[word])[:OFFERED]

    def reworded(self, question: str, rng: random.Random) -> str:
        """The question with about half of its words put otherwise; names and numbers stay."""

        def other(match: re.Match[str]) -> str:
            word = match[0]
            if word in KEPT or rng.random() > SHARE:
                return word
            return self._other(word, rng) or word

        return re.sub(r"(?<![\w'-])[a-z]{3,}(?![\w'-])", other, question)

    def _other(self, word: str, rng: random.Random) -> str:
        for lemma, ending in _lemmas(word):
            if lemma in KEPT:
                continue
            synonyms, broader = self._synonyms[lemma], self._broader[lemma]
            offered = broader if broader and (not synonyms or rng.random() < BROADER) else synonyms
            if offered:
                return _inflected(rng.choice(sorted(offered)), ending)
        return ""


def _frequencies(path: Path) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How often WordNet's tagged texts have a word, and have it as a noun, a verb …"""
    met, met_as = Counter[str](), Counter[tuple[str, str]]()
    for line in path.read_text("latin-1").splitlines():
        key, _, count = line.split()
        lemma, _, sense = key.partition("%")
        met[lemma] += int(count)
        met_as[lemma, TAGS[sense[0]]] += int(count)
    return met, met_as


def _synset(data: bytes, offset: int) -> tuple[list[str], list[int]]:
    """The words of a synset, and the offsets of its hypernyms."""
    fields = data[offset : data.index(b"|", offset)].decode("latin-1").split()
    count = int(fields[3], 16)
    words = [re.sub(r"\(\w+\)$", "", w).lower() for w in fields[4 : 4 + 2 * count : 2]]
    words = [w.replace("_", " ") for w in words if w.count("_") <= 1]
    pointers = fields[4 + 2 * count + 1 :]
    broader = [int(o) for s, o in zip(pointers[::4], pointers[1::4], strict=False) if s == "@"]
    return words, broader


def _lemmas(word: str) -> list[tuple[str, str]]:
    """What the word may be a form of, and by which ending; the word itself first."""
    found = [(word, "")]
    for ending, base, kind in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            lemma = word[: -len(ending)] + base
            found.append((lemma, kind))
            if not base and kind != "s" and lemma[-1:] == lemma[-2:-1]:
                found.append((lemma[:-1], kind))
    return found


def _inflected(word: str, ending: str) -> str:
    if not ending or " " in word:
        return word
    if ending in ("ed", "ing") and word.endswith("e"):
        return word[:-1] + ending
    if ending in ("s", "ed") and word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + ("ies" if ending == "s" else "ied")
    return word + ("es" if ending == "s" and re.search(r"(?:s|x|z|ch|sh)$", word) else ending)

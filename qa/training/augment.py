"""What news has and the data lacks: headlines, datelines, snippets, questions cut to keywords."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from qa.training.data import Span
from qa.training.negatives import NAME, NUMBER, YEAR, named, sentences

STOP = frozenset(
    "a an the is are was were be been do does did has have had of in on at to for from by with "
    "and or that this it its their his her there as which what how why whose whom would could can "
    "will should s according".split()
)
KEYWORDS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\bhow (?:many|much)\b", re.I), ("number", "total", "how many", "amount")),
    (re.compile(r"\bwhat year\b", re.I), ("year", "date")),
    (re.compile(r"\bwhere\b", re.I), ("location", "where", "place")),
    (re.compile(r"\bwhen\b", re.I), ("date", "when", "time")),
    (re.compile(r"\bwho\b", re.I), ("who", "", "name")),
)
CITIES = "London Paris Tokyo Moscow Nairobi Lagos Berlin Cairo Delhi Lima Seoul Kyiv Ottawa".split()
AGENCIES = ("Reuters", "AP", "AFP", "dpa", "Xinhua", "Kyodo")
MONTHS = "January February March April May June July August September October November December"

THINNED, HEADED = 0.15, 0.4

Marked = tuple[str, tuple[Span, ...]]  # a passage and its answers


def telegraphic(question: str, rng: random.Random) -> str:
    """The question as one types it into a search box: "when was X built" -> "X built date"."""
    cue = ""
    for pattern, cues in KEYWORDS:
        if pattern.search(question):
            cue, question = rng.choice(cues), pattern.sub(" ", question)
            break
    kept = [word for word in re.findall(r"[\w'’.,$%-]+", question) if word.lower() not in STOP]
    parts = [*kept, cue] if rng.random() < 0.7 else [cue, *kept]
    words = " ".join(part.strip(".,") for part in parts if part)
    return words if len(kept) > 1 else question


def ask(question: str, rng: random.Random) -> str:
    """The question, sometimes cut to keywords or without its mark."""
    drawn = rng.random()
    if drawn < 0.2:
        return telegraphic(question, rng)
    return question.rstrip(" ?") if drawn < 0.3 else question


@dataclass(frozen=True, slots=True)
class Renaming:
    """One name, year or number for another of its kind, wherever it stands.

    Told apart only by what the words say, a question and its passage cannot be learned by heart.
    """

    old: re.Pattern[str]
    new: str

    def text(self, words: str) -> str:
        return self.old.sub(lambda _: self.new, words)

    def marked(self, passage: Marked) -> Marked | None:
        """The passage with its answers where they now are; None where one would be cut."""
        text, spans = passage
        places = [match.span() for match in self.old.finditer(text)]
        if any(s < b and e > a and not (s <= a and e >= b) for s, e in spans for a, b in places):
            return None

        def moved(at: int) -> int:
            return at + sum(len(self.new) - (b - a) for a, b in places if b <= at)

        return self.text(text), tuple((moved(s), moved(e)) for s, e in spans)


def renaming(question: str, passage: Marked, other: str, rng: random.Random) -> Renaming | None:
    """What could be called otherwise: a name, year or number, the question's own if it has one.

    A name that is the answer keeps its kind, so it stays.
    """
    text, spans = passage
    answers = " ".join(text[start:end] for start, end in spans)
    for pattern in rng.sample((NAME, NAME, YEAR, NUMBER), 4):
        old = [words for words in named(pattern, text) if len(words) > 1]
        if pattern is NAME:
            old = [w for w in old if w not in answers and (" " in w or w in question)]
        asked = [words for words in old if words in question]
        new = [words for words in named(pattern, other) if words not in text and len(words) > 1]
        if old and new:
            chosen = rng.choice(asked or old)
            return Renaming(re.compile(rf"\b{re.escape(chosen)}\b"), rng.choice(new))
    return None


def thin(passage: Marked, rng: random.Random) -> Marked:
    """The passage without one or two of the sentences that hold no answer."""
    text, spans = passage
    bounds = sentences(text)
    free = [b for b in bounds if not any(s < b[1] and e > b[0] for s, e in spans)]
    if len(bounds) < 4 or not free:
        return passage
    for start, end in sorted(rng.sample(free, min(len(free), rng.randint(1, 2))), reverse=True):
        text = text[:start] + text[end:]
        spans = tuple(
            (s - (end - start), e - (end - start)) if s >= end else (s, e) for s, e in spans
        )
    return text, spans


def dress(passage: Marked, title: str, rng: random.Random, other: str) -> Marked:
    """The passage as it is, or as news shows it: cut to a snippet, mixed, headed, quoted."""
    if rng.random() < THINNED:
        passage = thin(passage, rng)
    drawn = rng.random()
    if drawn < 0.12:
        passage = snippet(passage, rng, other)
    elif drawn < 0.18:
        passage = beside(passage, rng, other)
    return head(passage, title, rng) if rng.random() < HEADED else passage


def snippet(passage: Marked, rng: random.Random, other: str) -> Marked:
    """Some words around an answer, with ellipses, as a search page shows them."""
    text, spans = passage
    anchor = rng.choice(spans) if spans else _anywhere(text, rng)
    before, after = rng.randint(20, 200), rng.randint(20, 200)
    start = max(text.rfind(" ", 0, max(anchor[0] - before, 0)) + 1, 0)
    end = text.find(" ", min(anchor[1] + after, len(text)))
    end = len(text) if end < 0 else end
    kept = [(s, e) for s, e in spans if s >= start and e <= end]
    lead, tail = rng.choice(("", "... ", "…")), rng.choice(("...", " ...", "…", ""))
    marked = _prepend(lead, (text[start:end] + tail, _shift(kept, -start)))
    if rng.random() < 0.3:
        marked = (f"{marked[0]} {other[: rng.randint(60, 160)]}...", marked[1])
    return _prepend(f"{_date(rng)} {rng.choice('-—·')} ", marked) if rng.random() < 0.4 else marked


def beside(passage: Marked, rng: random.Random, other: str) -> Marked:
    """A few sentences from elsewhere, before or after."""
    bounds = sentences(other)
    first = rng.randrange(len(bounds))
    stray = other[bounds[first][0] : bounds[min(first + 1, len(bounds) - 1)][1]].strip()[:250]
    return join(passage, stray, rng)


def join(passage: Marked, stray: str, rng: random.Random) -> Marked:
    """Another sentence before or after, as a page of search results has them."""
    gap = rng.choice((" ", " ", " ... ", "\n"))
    if rng.random() < 0.5:
        return _prepend(stray + gap, passage)
    return passage[0] + gap + stray, passage[1]


def head(passage: Marked, title: str, rng: random.Random) -> Marked:
    """A headline, a date or a dateline in front."""
    dateline = f"{rng.choice(CITIES).upper()}, {_date(rng)} ({rng.choice(AGENCIES)}) - "
    title = title or " ".join(passage[0].split()[: rng.randint(3, 7)])
    if rng.random() < 0.4:
        return dated(passage, title, rng.randint(1996, 2026), rng)
    choices = (f"{title}\n", f"{title}. ", f"{title}\n{_date(rng)}\n", dateline, dateline.title())
    return _prepend(rng.choice(choices), passage)


def dated(passage: Marked, title: str, year: int, rng: random.Random) -> Marked:
    """The passage below its headline and a day of that year, as an archive shows it."""
    title = title or " ".join(passage[0].split()[: rng.randint(3, 7)])
    day = f"{rng.randint(1, 28)} {rng.choice(MONTHS.split())} {year}"
    heading = rng.choice((f"{title}. {rng.choice(AGENCIES)}, {day}.\n", f"{title}\n{day}\n"))
    return _prepend(heading, passage)


def _anywhere(text: str, rng: random.Random) -> Span:
    start = rng.randrange(max(len(text) - 20, 1))
    return start, min(start + 20, len(text))


def _date(rng: random.Random) -> str:
    month, day, year = rng.choice(MONTHS.split()), rng.randint(1, 28), rng.randint(1996, 2026)
    return rng.choice((f"{month} {day}, {year}", f"{month[:3]} {day}, {year}", f"{month} {day}"))


def _prepend(words: str, passage: Marked) -> Marked:
    return words + passage[0], _shift(passage[1], len(words))


def _shift(spans: list[Span] | tuple[Span, ...], by: int) -> tuple[Span, ...]:
    return tuple((start + by, end + by) for start, end in spans)

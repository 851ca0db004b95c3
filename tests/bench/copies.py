"""Pairs of articles, and whether they are one text: made from our own news by rules.

`python -m tests.bench.copies` prints what is told right, by kind and half.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Literal

from qa import Article, read_article
from qa.provenance.copying import Compared, one_text
from qa.provenance.signature import sharing, signature

DATA = Path(__file__).parents[1] / "data"
Half = Literal["dev", "final"]
OUTLETS = ("Lenmark Post", "The Sund Mirror", "Harbour Daily", "Upland Courier", "Evening Sentinel")
# What an editor's pen does to an agency's text.
SWAPS = (
    ("people", "persons"), ("said", "stated"), ("because of", "owing to"), ("about", "some"),
    ("will", "is going to"), ("more than", "over"), ("began", "started"), ("city", "town"),
    ("killed", "left dead"), ("injured", "hurt"), ("company", "firm"), ("children", "youngsters"),
    ("kilometres", "km"), ("percent", "per cent"), ("before", "ahead of"), ("also", "as well"),
    ("large", "big"), ("help", "aid"), ("first", "initial"), ("old", "former"), ("near", "by"),
    ("house", "home"), ("road", "street"), ("police", "officers"), ("after", "following"),
)  # fmt: skip
OWN = (
    "In our region the news was received with astonishment; at the weekly market people talked of "
    "little else, and several readers called the newsroom to ask what it means for them.",
    "Local clubs have announced that they will collect money at the church fair. Whoever wants to "
    "help finds a box at the bakery beside the bus station, open until six.",
    "It is not the first time that such a thing happens. Older readers will remember the winter in "
    "which the whole valley was talking of a similar case for months.",
    "Our own weather page and the timetable of the buses are to be found further down. The council "
    "of the district meets again next week, in public, at the usual place.",
)
TEMPLATES = (
    "The registry office of {place} counted {a} births and {b} deaths last year, {c} marriages and "
    "{d} divorces. The most popular names were {n} for girls and {m} for boys. With {e} "
    "inhabitants the town is a little larger than the year before, registrar {p} said. Whoever "
    "wants to marry on a Saturday should apply by March, as the hall has room for {f} guests only.",
    "Shares in {place} closed at {a} points, a change of {b} percent on the day. The most traded "
    "paper was {n} at {c} crowns, followed by {m} at {d} crowns. Turnover came to {e} million "
    "crowns. Analyst {p} spoke of a nervous day and expects no clear direction before figures on "
    "employment are published; the bond market hardly moved and yielded {f} percent.",
    "The weather in {place}: clouds in the morning, sun from noon, at most {a} degrees by the "
    "lakes and {b} in the hills. Wind from the west with gusts of {c} kilometres an hour. The sun "
    "rises at {d} and sets at {e}. The pollen count is moderate. Outlook by {p}: unsettled, with "
    "{f} litres of rain a square metre; the fire warning stays at the level of the day before.",
    "The annual flower show of {place} drew {a} visitors to its {b} stands, {c} fewer than the "
    "last one. First prize of {d} crowns went to {n} for a dahlia, second to {m} for a bed of "
    "roses. Chairman {p} thanked {e} helpers and promised more shade for the next show. The "
    "evening ended with a concert of the brass band, which played for {f} minutes in light rain.",
    "Exit poll of the district of {place}: {n} leads with {a} percent before {m} with {b} percent. "
    "Turnout was {c} percent, the electoral office said. Of {d} polling stations {e} have been "
    "counted. The candidates wanted to speak to their supporters later in the evening. Presiding "
    "officer {p} reported no incidents apart from {f} spoilt ballots found under a bench.",
)
PLACES = "Ostrel Merrick Glaven Sundhaven Brask Casmar Ilmar Hollin Tarn Thole Lysse Perrin".split()
NAMES = "Ada Rune Ilse Mirko Tove Lars Nora Emil Dagny Otto Freya Jens Karin Paul Signe Udo".split()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, and whether they are one text."""

    kind: str
    half: Half
    one: Article
    other: Article
    same: bool


def pairs() -> list[Pair]:
    """All of them, the same at every call."""
    rng = random.Random(12)
    made = [*_reworked(rng), *_rewritten(), *_templates(rng), *_unrelated(rng), *_by_hand()]
    return sorted(made, key=lambda pair: (pair.half, pair.kind))


def news() -> list[Article]:
    """Our invented news, none of it a copy."""
    files = [*(DATA / "news").glob("*.md"), *(DATA / "more-news").glob("*.md")]
    return [read_article(file) for file in sorted(files) if "-copy" not in file.stem]


def _half(place: int) -> Half:
    return "final" if place % 2 else "dev"


def _reworked(rng: random.Random) -> Iterator[Pair]:
    for place, one in enumerate(news()):
        makers = (
            ("reprint", _reprint), ("reprint", _reprint), ("cut", _cut), ("cut", _cut),
            ("padded", _padded), ("brief", _brief), ("version", _version),
        )  # fmt: skip
        for kind, make in makers:
            if other := make(one, rng):
                yield Pair(kind, _half(place), one, other, True)


def _elsewhere(one: Article, text: str, rng: random.Random) -> Article:
    outlet = rng.choice([name for name in OUTLETS if name != one.outlet])
    day = one.published + timedelta(rng.choice([0, 0, 1, 2])) if one.published else None
    return replace(one, id=f"{outlet}/{one.id}", outlet=outlet, published=day, text=text)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?”\"])\s+", text)


def _edited(text: str, rng: random.Random, share: float) -> str:
    """Some words swapped, the dateline gone now and then."""
    for word, instead in SWAPS:
        if rng.random() < share:
            text = re.sub(rf"\b{word}\b", instead, text)
    return re.sub(r"\A[A-Z][^—\n]{3,60}— ", "", text) if rng.random() < 0.5 else text


def _reprint(one: Article, rng: random.Random) -> Article:
    said = _sentences(_edited(one.text, rng, 0.4))
    if len(said) > 6:
        said.pop(rng.randrange(2, len(said)))
    credit = f" ({one.outlet})" if one.outlet and rng.random() < 0.4 else ""
    return _elsewhere(one, " ".join(said) + credit, rng)


def _cut(one: Article, rng: random.Random) -> Article | None:
    said = _sentences(_edited(one.text, rng, 0.25))
    kept = max(3, round(len(said) * rng.uniform(0.25, 0.6)))
    return _elsewhere(one, " ".join(said[:kept]), rng) if len(said) > 5 else None


def _padded(one: Article, rng: random.Random) -> Article:
    said = _sentences(_edited(one.text, rng, 0.25))
    half = said[: max(4, round(0.7 * len(said)))]
    return _elsewhere(one, "\n\n".join([" ".join(half), *rng.sample(OWN, 2)]), rng)


def _brief(one: Article, rng: random.Random) -> Article | None:
    """Two sentences, and whom they are from."""
    if not one.outlet:
        return None
    lead, second = _sentences(_edited(one.text, rng, 0.25))[:2]
    told = f"{lead.rstrip('.')}, {one.outlet} reports. {second}"
    return _elsewhere(one, f"{told}\n\n{rng.choice(OWN)}", rng)


def _version(one: Article, rng: random.Random) -> Article:
    """The same outlet's, hours later: a new lead, a figure brought up to date, an addition."""
    said = _sentences(one.text)
    figures = re.findall(r"\b\d{1,3}\b", one.text)
    text = " ".join(["This report has been updated since it first appeared.", *said[1:], OWN[2]])
    if figures:
        old = rng.choice(figures)
        text = re.sub(rf"\b{old}\b", str(int(old) + rng.randrange(1, 9)), text)
    day = one.published + timedelta(rng.choice([0, 1])) if one.published else None
    return replace(one, id=f"later/{one.id}", text=text, published=day)


def _rewritten() -> Iterator[Pair]:
    """Reporters who write of one event by themselves, some with the same statement."""
    for event in json.loads((DATA / "one-event.json").read_text("utf-8")):
        quote = f' "{event["quote"]}" the statement said.' if event["quote"] else ""
        day = date.fromisoformat(event["published"])
        told = [
            _article(f"{number}.md", outlet, day, text + quote)
            for number, (outlet, text) in enumerate(zip(OUTLETS, event["reports"], strict=False))
        ]
        for one, other in combinations(told, 2):
            yield Pair("one event", event["half"], one, other, False)


def _article(id_: str, outlet: str, day: date | None, text: str) -> Article:
    return Article(
        id=id_, title=text[:40], outlet=outlet, published=day, url="", text=text, path=id_
    )


def _templates(rng: random.Random) -> Iterator[Pair]:
    """What is written anew every day or year with the same words and other figures."""
    for place, template in enumerate(TEMPLATES * 12):
        day = date(2024, rng.randrange(1, 13), rng.randrange(1, 28))
        apart = rng.choice([0, 1, 7, 365])
        outlets = rng.sample(OUTLETS, 2) if not apart else [rng.choice(OUTLETS)] * 2
        one, other = (
            _article(f"{n}.md", outlet, day + timedelta(n * apart), _filled(template, rng))
            for n, outlet in enumerate(outlets)
        )
        yield Pair("template", _half(place), one, other, False)


def _filled(template: str, rng: random.Random) -> str:
    figures = {letter: f"{rng.uniform(2, 99):.{rng.choice([0, 1])}f}" for letter in "abcdef"}
    names = rng.sample(NAMES, 4)
    return template.format(
        **figures, place=rng.choice(PLACES), n=names[0], m=names[1], p=f"{names[2]} {names[3]}sen"
    )


def _unrelated(rng: random.Random) -> Iterator[Pair]:
    every = news()
    for place in range(70):
        one, other = rng.sample(every, 2)
        if one.id[:5] != other.id[:5]:
            yield Pair("unrelated", _half(place), one, other, False)


def _by_hand() -> Iterator[Pair]:
    """Pairs within our news: what was written as a copy, and who wrote by themselves."""
    held = {file.stem: read_article(file) for file in sorted((DATA / "news").glob("*.md"))}
    held |= {file.stem: read_article(file) for file in sorted((DATA / "more-news").glob("*.md"))}
    for place, (one, other, same) in enumerate(BY_HAND):
        yield Pair("by hand", _half(place), held[one], held[other], same)


BY_HAND = (
    ("museum-ship-raised", "museum-ship-raised-copy", True),
    ("quake-sunda-ridge", "quake-copy-hexby", True),
    ("strike-ferries-pella", "strike-ferries-copy", True),
    ("accident-coach-dray-pass", "accident-copy-tidende", True),
    ("storm-brannoch-herald", "storm-brannoch-wireline", False),
    ("strike-ferries-pella", "strike-ferries-herald", False),
    ("quake-sunda-ridge", "quake-sunda-ridge-times", False),
    ("accident-coach-dray-pass", "accident-coach-dray-pass-post", False),
    ("bank-merger", "bank-merger-northwire", False),
    ("pension-reform-vote", "pension-reform-ledger", False),
    ("cycling-tour-lakes", "cycling-tour-lakes-2024", False),
    ("festival-lantern-sow", "lantern-days-2024", False),
)


def told(pair: Pair) -> bool:
    """What Footnote says: candidates by their signatures, then compared."""
    bands = signature(pair.one.text)
    found = sharing(bands, signature(pair.other.text)[None])
    return bool(found) and one_text(Compared(pair.one), Compared(pair.other))


def figures(half: Half) -> tuple[float, float, Counter[tuple[str, str]]]:
    """Precision, recall, and how many pairs of each kind were told right and wrong."""
    counts: Counter[tuple[str, str]] = Counter()
    marks: Counter[tuple[bool, bool]] = Counter()
    for pair in pairs():
        if pair.half == half:
            said = told(pair)
            marks[said, pair.same] += 1
            counts[pair.kind, "right" if said == pair.same else "wrong"] += 1
    hits = marks[True, True]
    return hits / (hits + marks[True, False]), hits / (hits + marks[False, True]), counts


def main() -> None:
    for half in ("dev", "final"):
        precision, recall, counts = figures(half)
        print(f"{half}: precision {precision:.3f}, recall {recall:.3f}")
        for kind in sorted({kind for kind, _ in counts}):
            right, wrong = counts[kind, "right"], counts[kind, "wrong"]
            print(f"  {kind}: {right} of {right + wrong}")


if __name__ == "__main__":
    main()

"""A newsroom's archive of any size, all invented, and in each article a fact to ask for.

Every article of a seed is the same whatever the size of the archive, so a larger one holds a
smaller one's articles. Places, persons and bodies are put together of syllables and names; what is
reported of them is put together of clauses, so that many articles resemble a planted one and only
its names tell it apart.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

PASSAGES = 9.3  # that an article is cut into, about
_FIRST_DAY, _DAYS = date(2012, 1, 1), 5000

_HEADS = "Bar Cal Dun Fen Gar Hol Kel Lor Mar Nor Oss Pel Quen Ros Sel Tor Ul Ver Wil Yar".split()
_MIDDLES = "a e i o u an en il or un ra li mo de sti vo na ber tha ke".split()
_TAILS = "burg dale ford gate ham holm kirk mere mouth nes ova port stad sund ton vik wick".split()
_GIVEN = (
    "Ada Boris Clara Dario Edda Felix Greta Hanno Ines Jonas Katya Luis Mira Nils Olga Pavel Rosa"
    " Sven Tilda Ugo Vera Wanda Yann Zofia Amir Bella Cosmo Dina Emil Flora"
).split()
_OUTLETS = "Courier Herald Gazette Observer Tribune Echo Standard Dispatch Mail Chronicle".split()
_BODIES = (
    "harbour board;city council;school district;fire service;water company;ferry line;hospital"
    " trust;farmers' union;railway company;housing office;energy regulator;port authority;museum"
    " foundation;football club;road agency;fishery commission;grid operator;theatre;court;parish"
).split(";")
_MATTERS = (
    "the flood wall;a new tram line;the rent ceiling;the closed quarry;a row over fishing rights;"
    "the old grain silo;a pay dispute;the leaking reservoir;the school meals contract;a wind park"
    " off the coast;the stolen archive;a bridge that rusts;the noise of the shipyard;the empty"
    " barracks;a dispute over grazing;the late ambulances;a tax on second homes;the planned"
    " landfill;the sale of the airport;the winter timetable"
).split(";")
_ACTS = (
    "put off a decision on;asked for a second opinion on;voted narrowly to go on with;withdrew its"
    " support for;published a long report about;heard residents about;agreed to pay for a study"
    " of;was criticised over its handling of;called an evening meeting about;rejected a"
    " compromise on;set up a working group on;refused to comment on"
).split(";")
_REASONS = (
    "because the costs had doubled within a year;after two of its members had resigned;although a"
    " court is still to rule;since the insurers will not pay;after a petition with {count}"
    " signatures;because winter storms are expected;while the ministry looks into the books;after"
    " a night of heated debate;since no contractor could be found;because the ground is softer"
    " than anyone had thought"
).split(";")
_COMMENTS = (
    "“We were promised an answer in spring and are still waiting,” said {person}, who lives"
    " nearby.;{person}, a teacher, spoke of a decision that nobody in {place} understands.;“It is"
    " the only reasonable way,” {person} told reporters on the steps of the town hall.;{person}"
    " warned that the bill will be sent to the next generation.;Asked whether more was to come,"
    " {person} walked on without a word.;“My father worked there for thirty years,” said"
    " {person}, 58.;{person} of the opposition called the figures wishful thinking."
).split(";")
_FIGURES = (
    "About {count} households are affected, most of them east of the river.;The work is put at"
    " {money} million crowns, a third of which {place} has to raise itself.;In the past year the"
    " number fell by {share} percent, the first drop in a decade.;A survey in {place} found"
    " {share} percent in favour and nearly as many undecided.;Trains between {place} and {other}"
    " will run {count} minutes less a week until then.;Some {count} tonnes have been moved since"
    " the summer, by lorry and by barge."
).split(";")
_SCENES = (
    "On the market square the stalls opened as usual, between puddles and parked vans.;Rain had"
    " been falling for days, and the meadows below {place} stood under water.;The hall was so full"
    " that people listened from the corridor.;In {other}, an hour to the north, the matter is"
    " followed closely.;Older residents remember that something similar failed in {year}.;By noon"
    " a queue had formed outside the offices of the {body}.;The road out of {place} was closed for"
    " most of the morning.;A banner hung from the church tower, until the wind took it."
).split(";")
# A fact, what is asked for it, and what only it holds.
_FACTS = (
    (
        "The {place} lighthouse was relit on Friday by {person}, its last keeper.",
        "Who relit the {place} lighthouse?",
        "{person}",
    ),
    (
        "The {body} of {place} fined the dairy {money} million crowns for spilled whey.",
        "How much was the dairy in {place} fined for spilled whey?",
        "{money} million",
    ),
    (
        "The old ferry of {place}, built in {year}, goes to a museum in {other}.",
        "Where does the old ferry of {place} go?",
        "{other}",
    ),
    (
        "{person} was elected head of the {place} beekeepers with {count} votes.",
        "Who was elected head of the {place} beekeepers?",
        "{person}",
    ),
    (
        "The clock tower in {place} was struck by lightning in {year} and never mended.",
        "When was the clock tower in {place} struck by lightning?",
        "{year}",
    ),
    (
        "A litter of {count} puppies was found in the {place} customs shed.",
        "How many puppies were found in the {place} customs shed?",
        "{count}",
    ),
)
_TOLD = (
    "lighthouse was relit",
    "spilled whey",
    "goes to a museum",
    "beekeepers",
    "clock tower in",
    "customs shed",
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A question, the article's file that alone answers it, the words that do, and its outlet."""

    question: str
    file: str
    answer: str
    outlet: str


def holds_fact(text: str) -> bool:
    """Whether a passage holds a fact that may be asked for, be it of any article."""
    return any(word in text for word in _TOLD)


def write(folder: Path, passages: int, seed: int = 7) -> list[Planted]:
    """Write articles that make about so many passages; return what was planted in them."""
    planted = []
    for number in range(round(passages / PASSAGES)):
        file = folder / f"{number // 1000:03}" / f"{number:06}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        text, fact = _article(number, f"{file.parent.name}/{file.name}", seed)
        file.write_text(text, "utf-8")
        planted.append(fact)
    return planted


def _article(number: int, file: str, seed: int) -> tuple[str, Planted]:
    chance = random.Random(f"{seed} {number}")
    story = {"place": _place(number, chance), "other": _place(None, chance)}
    body, matter = chance.choice(_BODIES), chance.choice(_MATTERS)
    story |= {"body": body, "matter": matter, "person": _person(chance)}
    outlet = f"{chance.choice(_HEADS)}{chance.choice(_TAILS)} {chance.choice(_OUTLETS)}"
    paragraphs = list(_paragraphs(story, chance))
    known = story | _numbers(chance)
    sentence, question, answer = (part.format(**known) for part in chance.choice(_FACTS))
    where = chance.randrange(1, len(paragraphs))
    paragraphs[where] = f"{paragraphs[where]} {sentence}"
    day = _FIRST_DAY + timedelta(chance.randrange(_DAYS))
    title = f"{story['place']}'s {body} and {matter}"
    front = f"---\ntitle: {title}\noutlet: {outlet}\npublished: {day}\n---\n\n"
    return front + "\n\n".join(paragraphs) + "\n", Planted(question, file, answer, outlet)


def _paragraphs(story: dict[str, str], chance: random.Random) -> Iterator[str]:
    opening = f"The {{body}} of {{place}} {chance.choice(_ACTS)} {{matter}} "
    yield (opening + chance.choice(_REASONS) + ".").format(**story, **_numbers(chance))
    for _ in range(chance.randrange(7, 13)):
        kinds = [
            chance.choice((_COMMENTS, _FIGURES, _SCENES)) for _ in range(chance.randrange(2, 5))
        ]
        sentences = [_sentence(chance.choice(kind), story, chance) for kind in kinds]
        yield " ".join([*sentences, _further(story, chance)])


def _further(story: dict[str, str], chance: random.Random) -> str:
    act, reason, matter = (chance.choice(kind) for kind in (_ACTS, _REASONS, _MATTERS))
    words = f"The {chance.choice(_BODIES)} {act} {matter}, {reason}."
    return _sentence(words, story, chance)


def _sentence(words: str, story: dict[str, str], chance: random.Random) -> str:
    fresh = {"person": _person(chance), "other": _place(None, chance)}
    return words.format(**{**story, **fresh, **_numbers(chance)})


def _numbers(chance: random.Random) -> dict[str, str]:
    return {
        "count": str(chance.randrange(12, 980)),
        "money": f"{chance.randrange(11, 990) / 10}",
        "share": str(chance.randrange(4, 61)),
        "year": str(chance.randrange(1890, 2011)),
    }


def _place(number: int | None, chance: random.Random) -> str:
    """A town; up to the 144,000th, a numbered one is like no other that is."""
    if number is None:
        return chance.choice(_HEADS) + chance.choice(_MIDDLES) + chance.choice(_TAILS)
    parts = []
    for kind in (_HEADS, _MIDDLES, _MIDDLES, _TAILS):
        number, which = divmod(number, len(kind))
        parts.append(kind[which])
    return "".join(parts)


def _person(chance: random.Random) -> str:
    family = chance.choice(_HEADS) + chance.choice(_MIDDLES) + chance.choice("knrst")
    return f"{chance.choice(_GIVEN)} {family}"

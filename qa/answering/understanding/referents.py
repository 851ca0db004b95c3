"""What a leaning piece of a question may mean, and how likely each is, by features one can name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from qa.answering.understanding.mentions import lowered
from qa.answering.understanding.persons_meant import answered_who, is_person, is_several
from qa.answering.understanding.slots import Slot, added, group_of, joined, replaced, stood_for
from qa.answering.understanding.talk import Candidate, Talk
from qa.language.kinds import Kind
from qa.language.names import NOT_NAMES, is_title, same_name
from qa.language.uses import Use
from qa.language.words import FUNCTION_WORDS, stem

Features = dict[str, float]
Weights = Mapping[str, Mapping[str, float]]

_PERSON = re.compile(r"[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w.’'-]*){1,2}")
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_TIMES = frozenset("time year day month week season era period".split())
_LONG = 5  # words
# Where a form of its own is made for a slot, its weights are its own.
_FORMS = {
    "pointed": (("pointed", replaced), ("pointed of", joined)),
    "definite": (("definite", replaced), ("definite of", joined)),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One way to read a slot: what the question becomes, and what speaks for it."""

    text: str
    meant: str  # "" where the slot leans on nothing
    group: str  # whose weights count
    features: Features

    def score(self, weights: Weights) -> float:
        known = weights.get(self.group, {})
        return sum(known.get(name, 0.0) * value for name, value in self.features.items())


def options(question: str, slot: Slot, talk: Talk) -> list[Option]:
    """The question as it is, and with each candidate in the slot's place."""
    forms = _FORMS.get(slot.kind, ((group_of(slot.kind), replaced),))
    found = [Option(question, "", f"{forms[0][0]} none", _none(question, slot, talk))]
    rest = question[: slot.start] + " " + question[slot.end :]
    for candidate in _agreeing(_unsaid(rest, talk), slot, talk):
        known = _of(candidate, talk, rest, slot)
        found += [
            Option(form(question, slot, candidate.text), candidate.text, group, known)
            for group, form in forms
        ]
    return found


def additions(question: str, talk: Talk, *, other: bool) -> list[Option]:
    """The question with each candidate added: "of X", or "besides X" where another is wanted."""
    end = Slot("omitted", len(question), len(question), "")
    found = [Option(question, "", "omitted none", _none(question, end, talk))]
    unsaid = _unsaid(question, talk)
    for candidate in [one for one in unsaid if one.firm] or unsaid:
        known = _of(candidate, talk, question, end)
        somebody = _PERSON.fullmatch(candidate.text)
        links = ("of", "by", "for", "with", *(() if somebody else ("in",)))
        for link in (*links, "besides") if other else links:
            group = "besides" if link == "besides" else "omitted"
            named = known if group == "besides" else {**known, **_linked(link, question, candidate)}
            found.append(
                Option(added(question, f"{link} {candidate.text}"), candidate.text, group, named)
            )
    return found


def _unsaid(question: str, talk: Talk) -> list[Candidate]:
    """What `question` does not name yet: it names nothing twice."""
    said = lowered(question)
    return [candidate for candidate in talk.candidates if not candidate.words <= said]


def _agreeing(candidates: list[Candidate], slot: Slot, talk: Talk) -> list[Candidate]:
    """Those that can be meant; where somebody is sure to be a person, nobody who is not."""
    found = [one for one in candidates if _agrees(one, slot, talk)]
    if group_of(slot.kind) == "group" and not any(one.several and one.recent for one in found):
        return _two(candidates, talk) or found
    if group_of(slot.kind) != "person" or talk.titled:
        return found
    return [one for one in found if is_person(one, talk) or answered_who(one)] or found


def _two(candidates: list[Candidate], talk: Talk) -> list[Candidate]:
    """The two persons that were last spoken of, together: "they"; none where there are more."""
    found: list[Candidate] = []
    for one in candidates:
        if one.name and one.recent and not one.several and is_person(one, talk):
            alike = [other for other in found if same_name(one.text, other.text)]
            found = [other for other in found if other not in alike]
            found.append(max([one, *alike], key=lambda each: len(each.text)))
    if len(found) != 2 or talk.titled:
        return []
    one, other = found
    both = f"{_untitled(one.text)} and {_untitled(other.text)}"
    return [Candidate(both, one.words | other.words, (*one.seen, *other.seen))]


def _untitled(name: str) -> str:
    words = name.split()
    titles = [place for place, word in enumerate(words) if is_title(word)]
    return " ".join(words[titles[-1] + 1 :] if titles else words) or name


def _agrees(candidate: Candidate, slot: Slot, talk: Talk) -> bool:
    """Whether it can be what is meant: "there" a place, "she" nobody's place and no "it"."""
    kind = group_of(slot.kind)
    found = [mention for _, mention in candidate.seen]
    if kind == "place":
        answered = any(not utterance.asks and utterance.ago == 0 for utterance, _ in candidate.seen)
        named = candidate.placed or talk.use(candidate.text) is Use.PLACE
        return named or (answered and talk.last_kind is Kind.PLACE)
    if kind in {"person", "thing"}:
        stood = {stood_for(said) for _, said in candidate.chosen}
        if stood & {"person", "thing"} and kind not in stood:
            return False
    somebody = is_person(candidate, talk)
    if kind in {"person", "thing"} and (
        is_several(candidate) or candidate.text.lower() in NOT_NAMES
    ):
        return False
    # "Who reported that?" asks after what was said, be it of somebody.
    if kind == "thing" and ((somebody and slot.said != "that") or not candidate.firm):
        return False
    if kind == "person":
        if somebody is False or _owns_answer(candidate, talk):
            return False
        if (
            _answered_with_another(candidate, talk)
            and slot.said not in dict(candidate.chosen).values()
        ):
            return False
        named = any(mention.name or mention.whole for mention in found)
        return bool(somebody) or (
            named and not all(mention.within or mention.determined for mention in found)
        )
    if kind == "group" and not talk.titled and not candidate.several:
        return not any(one.several and one.firm and one.recent for one in talk.candidates)
    return kind not in {"thing", "group"} or not all(mention.within for mention in found)


def _answered_with_another(candidate: Candidate, talk: Talk) -> bool:
    """Whether "Who met Lavrov?" was answered with a name: then he is not who comes next."""
    if talk.titled or talk.last_kind is not Kind.PERSON or not candidate.words & lowered(talk.last):
        return False
    return any(
        one.name and one.recent and not one.placed and not one.words & lowered(talk.last)
        for one in talk.candidates
    )


def _owns_answer(candidate: Candidate, talk: Talk) -> bool:
    """Whether "Who came?" was answered with somebody of it: "New Zealand's minister, Luxon"."""
    owner = re.compile(rf"{re.escape(candidate.text)}['’]")
    answers = [one.text for one in talk.utterances if not one.asks and one.ago == 0]
    return talk.last_kind is Kind.PERSON and any(map(owner.match, answers))


def _linked(link: str, question: str, candidate: Candidate) -> Features:
    last = (question.rstrip("?.! ").split() or [""])[-1].lower()
    ends = "function" if last in FUNCTION_WORDS else "ed" if last.endswith("ed") else "word"
    return {
        link: 1.0,
        f"{link} after {ends}": 1.0,
        f"{link} placed": float(candidate.placed),
        f"{link} event": float("happen" in question.lower()),
        f"{link} person": float(bool(_PERSON.fullmatch(candidate.text))),
    }


def _none(question: str, slot: Slot, talk: Talk) -> Features:
    rest = (question[: slot.start] + " " + question[slot.end :]).split()
    telling = [word for word in rest if word.lower().strip("?.,") not in FUNCTION_WORDS]
    after = (question[slot.end :].split() or ["?"])[0].lower()
    noun = {stem(word) for word in slot.said.split()[1:]}
    return {
        "bias": 1.0,
        "names": float(any(word[0].isupper() for word in rest[1:])),
        "telling": float(min(len(telling), 4)) / 4,
        "new noun": float(bool(noun) and not noun & {stem(word) for word in talk.words}),
        "old noun": float(bool(noun) and noun <= {stem(word) for word in talk.words}),
        "article": float("article" in slot.said),
        "to follows": float(after in {"to", "that"}),
        "is follows": float(after in {"is", "was", "true", "possible"}),
        "first": float(not question[: slot.start].strip()),
    }


def _of(candidate: Candidate, talk: Talk, rest: str, slot: Slot) -> Features:
    """What speaks for `candidate` as what `slot` means."""
    return dict(_spoken(candidate, talk, rest, slot))


def _spoken(candidate: Candidate, talk: Talk, rest: str, slot: Slot) -> Iterator[tuple[str, float]]:
    text, known = candidate.text, candidate.words
    yield "bias", 1.0
    for utterance, mention in candidate.seen:
        side = "asked" if utterance.asks else "answered"
        when = "last" if utterance.ago == 0 else "before" if utterance.ago == 1 else "earlier"
        yield f"{side} {when}", 1.0
        if utterance.opens:
            yield "opens", 1.0
            yield "opens, whole", float(mention.whole)
        if utterance.ago == 0:
            yield f"whole, {side}", float(mention.whole)
            yield "stated", float(mention.whole and "\n\n" in utterance.text)
            yield f"first, {side}", float(mention.place == 0)
            yield f"late, {side}", float(min(mention.place, 8)) / 8
            if not utterance.asks and mention.name and not known & lowered(talk.last):
                yield "new in answer", 1.0
                yield f"answers {talk.last_kind.value}", 1.0
                yield f"answers {talk.last_kind.value}, whole", float(mention.whole)
                yield f"answers {talk.last_kind.value}, no title", float(not talk.titled)
    before = {mention.before for _, mention in candidate.seen}
    yield "determined", float(any(mention.determined for _, mention in candidate.seen))
    yield "placed", float(candidate.placed)
    yield "by", float("by" in before)
    yield "about", float(bool(before & {"about", "of", "with", "for"}))
    yield from _looks(candidate, slot)
    yield "chosen last", float(any(ago == 0 for ago, _ in candidate.chosen))
    yield "chosen alike", float(any(said == slot.said for _, said in candidate.chosen))
    yield "chosen", math.log1p(len(candidate.chosen))
    yield "mentions", math.log1p(len(candidate.seen))
    yield from _beside(talk).get(known, {}).items()
    yield "in question", len(known & lowered(rest)) / max(len(known), 1)
    noun = {stem(word) for word in slot.said.split()[1:]}
    yield "same noun", float(bool(noun & {stem(word) for word in known}))
    yield "time", float(bool(noun & _TIMES)) * float(bool(_YEAR.search(text)))


def _looks(candidate: Candidate, slot: Slot) -> Iterator[tuple[str, float]]:
    text = candidate.text
    size = len(text.split())
    name = candidate.name
    yield "name", float(name)
    yield "words", min(size, 6) / 6
    yield "one word", float(size == 1)
    yield "long", float(size > _LONG)
    yield "person", float(bool(_PERSON.fullmatch(text)))
    yield "plural", float(text.endswith("s") or " and " in text)
    yield "the", float(text.startswith("The "))
    yield "and", float(" and " in text)
    yield "digits", float(any(letter.isdigit() for letter in text))
    yield "year", float(bool(_YEAR.fullmatch(text)))
    yield (
        "alike in number",
        float(candidate.several) * (1.0 if slot.kind.startswith("group") else -1.0),
    )
    yield f"for {slot.said.split()[0] if slot.said else 'nothing'}, name", float(name)


@lru_cache(maxsize=8)
def _beside(talk: Talk) -> dict[frozenset[str], Features]:
    """How the candidates stand to each other: "Lavrov" is part of "Sergei Lavrov"."""
    named = [one for one in talk.candidates if one.name]
    found = {}
    for candidate in talk.candidates:
        parts = [one for one in named if one.words < candidate.words]
        found[candidate.words] = {
            "part": float(any(candidate.words < one.words for one in named)),
            "has part": float(bool(parts)),
            "has recent part": float(any(one.recent for one in parts)),
            "part chosen": float(any(one.chosen for one in parts)),
        }
    return found

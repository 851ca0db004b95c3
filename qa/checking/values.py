"""Every number, date, time, name and quotation of a sentence must stand in what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from qa.checking.facts import Facts
from qa.checking.fault import Fault
from qa.language.clocks import same_clock
from qa.language.moments import Moment, date_carries, same_date
from qa.language.names import Name, name_key, same_name
from qa.language.numbers import Number, carries, same_number
from qa.language.words import stem

_Beside = tuple[str, str]  # "before" or "after", and a stem
_MOST = 60  # numbers of one text that are looked at
SMALL = frozenset(["one", "first", "two", "second"])  # in words, often no count at all
_PRONOUNS = frozenset("he she it they his her its their this these".split())
_PERSONS = frozenset("he she they".split())
_OPENING = 5  # characters that may stand before the first name: "The "
_TIMES = frozenset("second minute hour day week month year".split())  # what follow on each other
_VAGUE = re.compile(r"\b(?:about|around|some|nearly|almost|roughly)\s+$", re.IGNORECASE)


def value_faults(stated: Facts, quoted: Sequence[Facts]) -> Iterator[Fault]:
    """The values of `stated` that none of `quoted` carries."""
    yield from _number_faults(stated, quoted)
    yield from _date_faults(stated, quoted)
    yield from _clock_faults(stated, quoted)
    yield from _name_faults(stated, quoted)
    yield from _quotation_faults(stated, quoted)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number of a quote, with the words beside it."""

    number: Number
    words: str  # as written
    near: frozenset[_Beside]  # the next telling word on either side
    around: frozenset[_Beside]  # the next three


def _number_faults(stated: Facts, quoted: Sequence[Facts]) -> Iterator[Fault]:
    if not stated.numbers:
        return
    known = [_counted(facts, number) for facts in quoted for number in facts.numbers[:_MOST]]
    apart = _apart(quoted)
    for number in stated.numbers[:_MOST]:
        one = _counted(stated, number)
        if _is_idle(one, known):
            continue
        carriers = [other for other in known if carries(other.number, number)]
        if carriers:
            if rival := _rival(one, carriers, known):
                reason = f"the quote says “{rival}” here, and “{one.words}” of something else"
                yield Fault("value", "contradicted", reason)
            continue
        same = next((other for other in known if same_number(other.number, number)), None)
        if same:
            reason = f"“{one.words}” says more than the quote's “{same.words}”"
            yield Fault("value", "partly", reason)
        elif not _reckoned(number, apart):
            yield Fault("value", "contradicted", _not_in(one.words, _nearest(number, known)))


def _counted(facts: Facts, number: Number) -> _Counted:
    inside = [w for w in facts.words if number.start <= w.start < number.end]
    clause = inside[0].clause if inside else -1
    telling = [w for w in facts.words if w.telling and w.clause == clause and w not in inside]
    before = [("before", w.stem) for w in telling if w.end <= number.start]
    after = [("after", w.stem) for w in telling if w.start >= number.end]
    return _Counted(
        number,
        facts.text[number.start : number.end],
        frozenset([*before[-1:], *after[:1]]),
        frozenset([*before[-3:], *after[:3]]),
    )


def _is_idle(one: _Counted, known: Sequence[_Counted]) -> bool:
    """Whether a small number in words counts nothing that the quotes count otherwise.

    "one day", "for the first time", "the two sides": whoever retells adds these at will.
    """
    words = one.words.lower().split()
    if words in (["one"], ["first"]):
        return True
    counted = {beside for other in known for beside in other.near if beside[0] == "after"}
    return bool(SMALL & set(words)) and not one.near & counted


def _rival(one: _Counted, carriers: Sequence[_Counted], known: Sequence[_Counted]) -> str:
    """The number that the quote gives where the sentence gives this one, by the words beside."""
    if any(one.near & carrier.around for carrier in carriers):
        return ""
    for other in known:
        same_unit = other.number.unit == one.number.unit
        if other not in carriers and same_unit and one.near & other.near:
            return other.words
    return ""


def _apart(quoted: Sequence[Facts]) -> list[tuple[Fraction, Fraction]]:
    """Any two different numbers of the quotes, and any two years, the greater first."""
    values = {n.value for facts in quoted for n in facts.numbers[:_MOST] if n.form == "count"}
    days = [m.readings[0][0] for facts in quoted for m in facts.dates if m.readings]
    days += [facts.published for facts in quoted if facts.published]
    years = {Fraction(day.year) for day in days}
    groups = [group for group in (values, years) if len(group) <= _MOST]
    return [(a, b) for group in groups for a in group for b in group if a > b]


def _reckoned(number: Number, apart: Sequence[tuple[Fraction, Fraction]]) -> bool:
    """Whether two numbers of the quotes lie so far apart, or two periods add up to it."""
    low, high = number.span
    if number.bound not in {"", "about", "nearly"} or high is None:
        return False
    follow = number.unit in _TIMES
    return any(low <= a - b <= high or (follow and low <= a + b <= high) for a, b in apart)


def _nearest(number: Number, known: Sequence[_Counted]) -> str:
    """What the quotes say instead: the number of the same unit and of the nearest size."""
    alike = [
        (abs(other.number.value - number.value), other.words)
        for other in known
        if other.number.unit == number.unit and other.number.form == number.form
    ]
    return min(alike)[1] if alike else ""


def _date_faults(stated: Facts, quoted: Sequence[Facts]) -> Iterator[Fault]:
    for moment in stated.dates:
        others = [other for facts in quoted for other in facts.dates]
        if any(_dates_agree(stated, moment, other) for other in others) or _is_the_day(
            moment, quoted
        ):
            continue
        words = stated.text[moment.start : moment.end]
        said = next((f.text[m.start : m.end] for f in quoted for m in f.dates), "")
        yield Fault("value", "contradicted" if said else "partly", _not_in(words, said))


def _dates_agree(stated: Facts, moment: Moment, other: Moment) -> bool:
    vague = _VAGUE.search(stated.text[max(0, moment.start - 12) : moment.start])
    return same_date(other, moment) if vague else date_carries(other, moment)


def _is_the_day(moment: Moment, quoted: Sequence[Facts]) -> bool:
    """Whether it may be the day of an article whose quote names no day: the dateline's."""
    days = [facts.published for facts in quoted if facts.published and not facts.dates]
    return any(first <= day <= last for day in days for first, last in moment.readings)


def _clock_faults(stated: Facts, quoted: Sequence[Facts]) -> Iterator[Fault]:
    for clock in stated.clocks:
        others = [(facts, other) for facts in quoted for other in facts.clocks]
        if not any(same_clock(clock, other) for _, other in others):
            said = next((f.text[c.start : c.end] for f, c in others), "")
            yield Fault(
                "value", "contradicted", _not_in(stated.text[clock.start : clock.end], said)
            )


def _name_faults(stated: Facts, quoted: Sequence[Facts]) -> Iterator[Fault]:
    known = [name for facts in quoted for name in facts.names]
    stems = {s for facts in quoted for s in facts.stems}
    stems |= {stem(word) for facts in quoted for word in re.findall(r"\w+", facts.context)}
    for name in stated.names:
        if any(same_name(name, other) for other in known) or _is_resolved(stated, name, quoted):
            continue
        missing = [word for word in name_key(name) if stem(word) not in stems]
        if not missing or not name.sure or _denied(stated, name):
            continue
        instead = next((n.text for n in known if n.sure and _alike(n, name)), "")
        yield Fault(
            "name", "contradicted" if instead else "unsupported", _not_in(name.text, instead)
        )


def _is_resolved(stated: Facts, name: Name, quoted: Sequence[Facts]) -> bool:
    """Whether the sentence opens with a name where a quote has a pronoun."""
    return name.start <= _OPENING and any(has_pronoun(facts) for facts in quoted)


def has_pronoun(facts: Facts) -> bool:
    """Whether the text leaves to its neighbours who is meant: "she", or "its" at its beginning."""
    lowered = [word.text.lower() for word in facts.words]
    return bool(_PERSONS & set(lowered) or _PRONOUNS & set(lowered[:1]))


def _denied(stated: Facts, name: Name) -> bool:
    before = [w.text.lower() for w in stated.words if w.end <= name.start][-4:]
    return any(word in {"not", "no", "never"} or word.endswith("n't") for word in before)


def _alike(one: Name, other: Name) -> bool:
    """Whether one may have been put in the other's place: both of a word, or of several."""
    return (len(one.words) > 1) == (len(other.words) > 1)


def _quotation_faults(stated: Facts, quoted: Sequence[Facts]) -> Iterator[Fault]:
    texts = [_flat(facts.text) for facts in quoted]
    for quotation in stated.quotations:
        if not any(_flat(quotation) in text for text in texts):
            yield Fault(
                "quotation", "unsupported", f"“{quotation}” is not in the quote word for word"
            )


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _not_in(words: str, said: str) -> str:
    return f"“{words}” is not in the quote" + (f", which says “{said}”" if said else "")

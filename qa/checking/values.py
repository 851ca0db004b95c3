"""Every number, date, time, name and quotation of a sentence must stand in what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from qa.checking.facts import Facts
from qa.checking.fault import Fault
from qa.language.clocks import same_clock
from qa.language.dates import Moment, date_carries, same_date
from qa.language.names import Name, name_key, same_name
from qa.language.numbers import Number, carries, same_number
from qa.language.words import stem

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


def _number_faults(stated: Facts, quoted: Sequence[Facts]) -> Iterator[Fault]:
    known = [(facts, number) for facts in quoted for number in facts.numbers]
    for number in stated.numbers:
        words = stated.text[number.start : number.end]
        if _is_idle(stated, number, known):
            continue
        if any(carries(other, number) for _, other in known):
            if rival := _rival(stated, number, known):
                yield Fault(
                    "value", "contradicted", f"“{words}” is said of something else: “{rival}”"
                )
            continue
        same = next(((f, n) for f, n in known if n.value == number.value), None)
        if same and same_number(same[1], number):
            said = same[0].text[same[1].start : same[1].end]
            yield Fault("value", "partly", f"“{words}” says more than the quote's “{said}”")
        elif not _reckoned(number, stated, quoted):
            yield Fault("value", "contradicted", _not_in(words, _nearest(number, known)))


def _is_idle(stated: Facts, number: Number, known: Sequence[tuple[Facts, Number]]) -> bool:
    """Whether a small number in words counts nothing that the quotes count otherwise.

    "one day", "for the first time", "the two sides": whoever retells adds these at will.
    """
    words = stated.text[number.start : number.end].lower().split()
    if not SMALL & set(words):
        return False
    if words in (["one"], ["first"]):
        return True
    what = {stem for side, stem in _beside(stated, number) if side == "after"}
    counted = {stem for facts, n in known for side, stem in _beside(facts, n) if side == "after"}
    return not what & counted


def _rival(stated: Facts, number: Number, known: Sequence[tuple[Facts, Number]]) -> str:
    """The number that the quote gives where the sentence gives `number`, by the words beside it."""
    around = _beside(stated, number)
    own = [_beside(facts, n, 3) for facts, n in known if carries(n, number)]
    if any(around & words for words in own):
        return ""
    for facts, other in known:
        same_unit = other.unit == number.unit
        if not carries(other, number) and same_unit and around & _beside(facts, other):
            return facts.text[other.start : other.end]
    return ""


def _beside(facts: Facts, number: Number, reach: int = 1) -> frozenset[tuple[str, str]]:
    """The telling words next to it on either side, within the clause."""
    inside = [w for w in facts.words if number.start <= w.start < number.end]
    clause = inside[0].clause if inside else -1
    telling = [w for w in facts.words if w.telling and w.clause == clause and w not in inside]
    before = [("before", w.stem) for w in telling if w.end <= number.start][-reach:]
    after = [("after", w.stem) for w in telling if w.start >= number.end][:reach]
    return frozenset([*before, *after])


def _reckoned(number: Number, stated: Facts, quoted: Sequence[Facts]) -> bool:
    """Whether `number` is the sum or the difference of two numbers or years of the quotes."""
    values = [n.value for facts in quoted for n in facts.numbers if n.form == "count"]
    years = [
        Fraction(day.year)
        for facts in quoted
        for day in [*(m.readings[0][0] for m in facts.dates if m.readings), facts.published]
        if day
    ]
    if number.bound not in {"", "about", "nearly"}:
        return False
    low, high = number.span
    pairs = [(a, b) for group in (values, years) for a in group for b in group if a > b]
    sums = [a + b for a, b in pairs] if number.unit in _TIMES else []
    return high is not None and any(low <= c <= high for c in (*sums, *(a - b for a, b in pairs)))


def _nearest(number: Number, known: Sequence[tuple[Facts, Number]]) -> str:
    """What the quotes say instead: the number of the same unit and of the nearest size."""
    alike = [
        (abs(other.value - number.value), facts.text[other.start : other.end])
        for facts, other in known
        if other.unit == number.unit and other.form == number.form
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
                "quotation", "unsupported", f"“{quotation}” is not said in the quote word for word"
            )


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _not_in(words: str, said: str) -> str:
    return f"“{words}” is not in the quote" + (f", which says “{said}”" if said else "")

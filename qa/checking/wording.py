"""Small words that turn a sentence over: "not", "may", "all", and words that mean the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.checking.coverage import coverage
from qa.checking.facts import Facts, Word
from qa.checking.fault import Fault
from qa.language.words import stem

_NEGATORS = frozenset(
    "not no never nobody none nothing neither nor without cannot n't hardly unable".split()
)
_BEFORE_TO = frozenset("refused refuses declined declines failed fails".split())
_BACKWARD = frozenset("nobody none nothing".split())  # "the state pays nothing"
_SAME_WORDS = 0.4  # of a sentence's words in its quote, from which on "all" must stand there too
_REACH = 4  # telling words that a negator governs, within its clause
_PREPOSITIONS = frozenset("in on at by for from with before after until since during".split())
_HEDGES = frozenset(
    "may might could would should perhaps possibly probably likely whether believe believes "
    "believed expect expects expected fear fears hope hopes hoped seem seems seemed appear "
    "appears plan plans want wants wanted demand demands demanded promise promises "
    "promised propose proposes proposed consider considers considered considering suggest "
    "suggests suggested threaten threatens threatened "
    "possible estimate estimates reckons".split()
)
_SOFT = frozenset("can need needs must to".split())  # "is to", "has to"
_CERTAIN = frozenset("certain certainly definitely proven undoubtedly surely".split())
_UNIVERSAL = frozenset(
    "all every everyone everybody everything always entirely whole nobody none nothing "
    "never".split()
)
_GENERAL = _UNIVERSAL | frozenset("each any both no daily".split())  # what may be retold with one
_SO = re.compile(r"\b(?:so|such|as)\b", re.IGNORECASE)  # "never had so many come"
_PART_OF = re.compile(
    r"\b((?:some|most|many|several|few|half|part|a majority|(?:\w+ )?members|(?:\w+ )?people) of"
    r" (?:the|its|their|his|her|these|those))((?: [\w-]+){1,3})",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"\b(?:except|all but|but for|apart from|save for|other than)\b", re.IGNORECASE
)
_SAYS = re.compile(
    r"\b(?:said|says|say|according|told|claims?|claimed|account|thinks?|accus\w+)\b", re.IGNORECASE
)
_OPPOSED = {
    frozenset(map(stem, pair.split("/")))
    for pair in (
        "rise/fall rise/drop rise/slip rise/decline increase/decrease increase/fall gain/lose "
        "grow/shrink grow/fall win/lose beat/lose accept/reject accept/refuse agree/refuse "
        "agree/disagree pass/reject approve/reject support/oppose double/halve raise/lower "
        "raise/cut open/close begin/end start/stop keep/lose keep/drop keep/give allow/forbid "
        "allow/ban succeed/fail confirm/deny admit/deny acquit/convict innocent/guilty alive/dead "
        "survive/die early/late high/low more/less more/fewer above/below before/after "
        "arrive/leave buy/sell borrow/lend welcome/condemn join/leave stay/leave keep/leave "
        "stay/disappear safe/dangerous"
    ).split()
}
_IRREGULAR = dict(
    pair.split("/")
    for pair in (
        "rose/rise risen/rise fell/fall fallen/fall grew/grow grown/grow won/win lost/lose "
        "shrank/shrink began/begin begun/begin kept/keep gave/give given/give left/leave "
        "bought/buy sold/sell lent/lend died/die dead/dead"
    ).split()
)
_PREFIXES = ("un", "in", "im", "dis", "non")


def wording_faults(stated: Facts, quoted: Sequence[Facts]) -> Iterator[Fault]:
    """Where `stated` turns over what the nearest of `quoted` says."""
    if not quoted:
        return
    nearest = max(quoted, key=lambda facts: len(facts.stems & stated.stems))
    opposed = _opposed(stated, quoted)
    if opposed is None:
        yield from _negation(stated, nearest, quoted)
    elif (opposed[0].stem in negated(stated)) == any(
        opposed[1].stem in negated(facts) for facts in quoted
    ):
        here, there = opposed
        yield Fault("denial", "contradicted", f"“{here.text}” where the quote says “{there.text}”")
    yield from _partitive(stated, nearest)
    yield from _generality(stated, nearest)
    yield from _hedging(stated, nearest)


def _negation(stated: Facts, nearest: Facts, quoted: Sequence[Facts]) -> Iterator[Fault]:
    here, there = negated(stated), negated(nearest)
    plain_here = _plain(stated) - here
    plain_there = {one for facts in quoted for one in _plain(facts)} - there
    # Whoever retells may well deny in other words: "without power", "the largest in nine years".
    otherwise = _words_beside_negators(nearest) if not _SO.search(stated.text) else plain_there
    if denied := (here & plain_there) - otherwise:
        reason = f"“{_first(stated, denied)}” is not denied in the quote"
        yield Fault("denial", "contradicted", reason)
    elif claimed := (there & plain_here) - plain_there:
        reason = f"“{_first(stated, claimed)}” is denied in the quote"
        yield Fault("denial", "contradicted", reason)


def _words_beside_negators(facts: Facts) -> set[str]:
    """The stems of the clauses in which anything is denied."""
    clauses = {facts.words[place].clause for place in _negators(facts)}
    return {word.stem for word in facts.words if word.clause in clauses}


def _negators(facts: Facts) -> list[int]:
    """Where the negators stand among the words."""
    following = [*(word.text for word in facts.words[1:]), ""]
    return [
        place
        for place, (word, after) in enumerate(zip(facts.words, following, strict=False))
        if _negates(word.text.lower(), after)
    ]


def _plain(facts: Facts) -> set[str]:
    """The stems that a negator could turn over: no names, no numbers."""
    named = [(name.start, name.end) for name in facts.names]
    return {
        w.stem
        for w in facts.words
        if w.telling and w.text.isalpha() and not any(a <= w.start < b for a, b in named)
    }


def negated(facts: Facts) -> set[str]:
    """The stems of what a negator of the text governs."""
    found: set[str] = set()
    plain = _plain(facts)
    for place in _negators(facts):
        word = facts.words[place]
        lowered = word.text.lower()
        found |= {w.stem for w in _governed(facts, place)} & plain
        if lowered in _BACKWARD:
            before = [w for w in facts.words[:place] if w.clause == word.clause and w.telling]
            found |= {w.stem for w in before[-1:]} & plain
    return found


def _negates(word: str, following: str) -> bool:
    refuses = word in _BEFORE_TO and following == "to"
    return refuses or word in _NEGATORS or word.endswith(("n't", "n’t"))


def _governed(facts: Facts, place: int) -> list[Word]:
    """The telling words after a negator, to the end of its clause or the next preposition."""
    found: list[Word] = []
    for word in facts.words[place + 1 :]:
        ends = word.clause != facts.words[place].clause or word.text in _PREPOSITIONS
        if len(found) == _REACH or (ends and found):
            break
        if word.clause == facts.words[place].clause and word.telling:
            found.append(word)
    return found


def _opposed(stated: Facts, quoted: Sequence[Facts]) -> tuple[Word, Word] | None:
    """A word of each that mean the reverse of one another, where neither side has both."""
    here = {base(w): w for w in stated.words}
    there = {base(w): w for facts in quoted for w in facts.words}
    again = {word.removeprefix("re") for word in there}  # "closed", but "to reopen"
    for one in here.keys() - there.keys() - again:
        for other in _reverses(one) & there.keys() - here.keys():
            return here[one], there[other]
    return None


def _reverses(word: str) -> set[str]:
    """The stems that mean the reverse of `word`: "rise" of "fall", "unhurt" of "hurt"."""
    bare = {word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix)}
    prefixed = {prefix + word for prefix in _PREFIXES} if len(word) > 3 else set()
    listed = {other for pair in _OPPOSED if word in pair for other in pair - {word}}
    return listed | prefixed | {one for one in bare if len(one) > 3}


def base(word: Word) -> str:
    """The stem, of an irregular form that of its plain one: "win" of "won"."""
    lowered = word.text.lower()
    return stem(_IRREGULAR.get(lowered, lowered))


def _generality(stated: Facts, nearest: Facts) -> Iterator[Fault]:
    here = [
        word
        for before, word in zip((None, *stated.words), stated.words, strict=False)
        if word.text.lower() in _UNIVERSAL and not (before and before.text.lower() == "not")
    ]
    there = [w for w in nearest.words if w.text.lower() in _GENERAL]
    if here and not there and coverage(stated, [nearest]) >= _SAME_WORDS:
        yield Fault("degree", "partly", f"“{here[0].text}” is more than the quote says")
    elif here and _EXCEPT.search(nearest.text) and not _EXCEPT.search(stated.text):
        yield Fault("degree", "partly", f"“{here[0].text}” leaves out the quote's exception")


def _partitive(stated: Facts, nearest: Facts) -> Iterator[Fault]:
    """ "Five members of the council" is not "the council"."""
    part = _PART_OF.search(nearest.text)
    if part is None or _PART_OF.search(stated.text) or stated.numbers:
        return
    whole = {w.stem for w in nearest.words if part.start(2) <= w.start < part.end() and w.telling}
    opening = [w.stem for w in stated.words if w.telling][: len(whole) + 1]
    if whole and 2 * len(whole & set(opening)) > len(whole):
        yield Fault("degree", "partly", f"the quote says it of “{part[1]}” only")


def _hedging(stated: Facts, nearest: Facts) -> Iterator[Fault]:
    sure = [w for w in stated.words if w.text.lower() in _CERTAIN]
    if sure and not any(w.text.lower() in _CERTAIN for w in nearest.words):
        yield Fault("hedge", "partly", f"“{sure[0].text}” is more than the quote says")
        return
    if _SAYS.search(stated.text) or any(w.text in _HEDGES | _SOFT for w in stated.words):
        return
    stems = {w.stem for w in stated.words if w.telling}
    for place, word in enumerate(nearest.words):
        if word.text not in _HEDGES:
            continue
        governed = [w for w in nearest.words[place + 1 :] if w.clause == word.clause and w.telling]
        if stems & {w.stem for w in governed}:
            yield Fault("hedge", "partly", f"the quote says no more than “{word.text}”")
            return


def _first(facts: Facts, stems: set[str]) -> str:
    """The first of these words as it is written."""
    return next(word.text for word in facts.words if word.stem in stems)

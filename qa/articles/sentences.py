"""Where sentences begin and end, as offsets into the text that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

# Whether a mark ends a sentence is told from so much around it, so that text without end of any
# kind costs no more a character than other text: a word before, some words after, a quotation.
_WORD_BEFORE, _AFTER, _QUOTATION = 40, 200, 1_000

# Where a sentence may end: terminal marks with the quotes and brackets that close after them, then
# white space; or a CJK full stop, which no space follows.
_END = re.compile(r"(?:(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)|[。！？]+[」』”’）]*)")
_PARAGRAPH = re.compile(r"[^\n]+")
_LAST_WORD = re.compile(r"(?<![\w.’'&-])[\w.’'&-]+$")
_NEXT_WORD = re.compile(r"\A[\"'“‘«(\[¿¡—–-]*\s*([^\s.,;:!?\"”’)]+)")

# These stand before a name, a number or a reference; a sentence does not end with them.
_NEVER_FINAL = frozenset(
    "mr mrs ms mx dr prof rev fr sr sra st ste mt ft gen lt col maj capt cmdr sgt cpl pvt adm brig "
    "sen rep gov pres amb hon supt insp det atty messrs mme mlle hr frau dipl ing bzw "
    "vs v no nos nr núm art sec fig figs vol pp p ch approx ca cf eg e.g i.e viz al "
    "op.cit resp z.b u.a d.h".split()
)
# These may end a sentence: what follows decides.
_SOMETIMES_FINAL = frozenset(
    "inc corp co ltd llc plc bros assn dept univ jr esq ph.d m.d b.a m.a etc ave blvd rd a.m p.m "
    "u.s u.k u.n e.u u.s.a d.c".split()
)
_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
_WEEKDAYS = frozenset("mon tue tues wed thu thur thurs fri sat sun".split())
# Words that seldom follow an abbreviation inside a sentence when they carry a capital.
_STARTERS = frozenset(
    "a an the this that these those it its he she they we i you his her their our my in on at by "
    "for from with after before but and or so as if when while since although though however "
    "meanwhile also there here what who why how officials police no not one some many most all "
    "both each earlier later last next according asked".split()
)
_SPEECH = frozenset(
    "said says say asked asks added adds told tells wrote writes replied replies continued "
    "explained insisted warned shouted cried noted demanded wondered tweeted posted "
    "recalled".split()
)


def sentence_spans(text: str) -> list[Span]:
    """Return the `(start, end)` of each sentence, in order, without the white space between them.

    A line break always ends a sentence. Every character that is not white space lies in exactly
    one span.
    """
    spans: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text):
        spans.extend(_trim(text, *span) for span in _split(text, *paragraph.span()))
    return [span for span in spans if span[0] < span[1]]


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _END.finditer(text, start, end):
        if _is_end(text, start, match, end):
            yield start, match.end()
            start = match.end()
    yield start, end


def _trim(text: str, start: int, end: int) -> Span:
    chunk = text[start:end]
    return start + len(chunk) - len(chunk.lstrip()), end - (len(chunk) - len(chunk.rstrip()))


def _is_end(text: str, start: int, match: re.Match[str], end: int) -> bool:
    mark = match.group()
    if mark[0] in "。！？":
        # A stop inside a quotation that the sentence goes on after does not end the sentence.
        quotation = text[max(start, match.end() - _QUOTATION) : match.end()]
        return _quotes_closed(quotation) and (
            mark[-1] in "。！？" or text[match.end() : match.end() + 1] in "「『“\n "
        )
    rest = text[match.end() : min(end, match.end() + _AFTER)].lstrip()
    following = _NEXT_WORD.match(rest)
    if following is None:
        return True
    word = following.group(1)
    if word[0].islower():
        return False
    if len(mark) > 1 and mark[-1] in "\"'”’»" and mark[0] in "!?…" and _speaks(rest):
        return False
    if mark == ".":
        before = text[max(start, match.start() - _WORD_BEFORE) : match.start()]
        return not _is_abbreviation(before, word)
    return True


def _quotes_closed(sentence: str) -> bool:
    return all(sentence.count(a) <= sentence.count(b) for a, b in ("「」", "『』", "“”", "（）"))


def _speaks(rest: str) -> bool:
    """`“Why now?” Ms Alder asked.` is one sentence: a speech verb soon follows the quotation."""
    return any(word.strip(".,").lower() in _SPEECH for word in rest.split()[:5])


def _is_abbreviation(before: str, following: str) -> bool:
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    word = last.group().lstrip("'’-.").lower()
    if word in _NEVER_FINAL:
        # "There were no." ends; "No. 2" does not.
        return word not in {"no", "p", "v"} or following[0].isdigit() or word == "v"
    if word in _MONTHS or word in _WEEKDAYS:
        return following[0].isdigit()
    is_initial = len(word) == 1 and word.isalpha() and last.group()[-1].isupper()
    is_acronym = "." in word and all(len(part) <= 2 for part in word.split("."))
    if is_initial or is_acronym or word in _SOMETIMES_FINAL:
        return following.lower() not in _STARTERS
    # German ordinals ("am 4. November") and numbered items carry a number before the stop.
    return word.isdigit() and len(word) <= 2 and following.lower() in _GERMAN_MONTHS


_GERMAN_MONTHS = frozenset(
    "januar jänner februar märz april mai juni juli august september oktober november "
    "dezember".split()
)

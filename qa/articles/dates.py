"""Dates as newspapers write them, in a dozen languages."""

from __future__ import annotations

import re
from datetime import date

# January to December, a language a line; a month is also known by its first letters, from three.
_NAMES = """
january february march april may june july august september october november december
januar februar märz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
januari februari maart april mei juni juli augustus september oktober november december
januar februar marts april maj juni juli august september oktober november desember
"""
_MONTHS = [
    (name, month) for line in _NAMES.split("\n") for month, name in enumerate(line.split(), 1)
]


def _bare(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


_WORD = r"\b(?P<name>[^\W\d_]{3,12})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º|°|ª)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
DATE_LIKE = (  # without groups, to build on
    rf"(?:\b{_bare(_DAY)}[\s-]+(?:de\s+|of\s+)?{_bare(_WORD)},?[\s-]+(?:de\s+|del\s+)?{_bare(_YEAR)}"
    rf"|\b{_bare(_WORD)}\s+{_bare(_DAY)},?\s+{_bare(_YEAR)}|\b(?:19|20)\d\d-\d\d-\d\d\b"
    r"|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d\b)"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR[:-2]}\s*[年년]\s*(?P<month>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日일]",
        rf"\b{_DAY}[\s-]+(?:de\s+|of\s+)?{_WORD},?[\s-]+(?:de\s+|del\s+)?{_YEAR}",
        rf"\b{_WORD}\s+{_DAY},?\s+{_YEAR}",
        rf"(?<!\d)(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        rf"(?<!\d)(?P<one>\d{{1,2}})(?P<mark>[/-])(?P<two>\d{{1,2}})(?P=mark){_YEAR}",
    )
)

_LOOSE = re.compile(r"(?<!\d)\d{1,2}([-/.])\d{1,2}\1(?:19|20)?\d\d(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(?:{_DAY}[\s-]+(?:de\s+|of\s+)?{_WORD}"
    rf"|{_WORD.replace('name', 'other')}\s+\d{{1,2}}\b)",
    re.IGNORECASE,
)


def parse_date(text: str) -> date | None:
    """Return the first date written out with its year in `text`, or None."""
    found = [match for pattern in _PATTERNS for match in pattern.finditer(text)]
    for match in sorted(found, key=lambda match: match.start()):
        if day := _as_date(match.groupdict()):
            return day
    return None


def has_date(text: str) -> bool:
    """Whether a date stands in `text`, be it ambiguous or without its year."""
    return bool(
        _LOOSE.search(text)
        or any(_month(match["name"] or match["other"]) for match in _DAY_MONTH.finditer(text))
        or parse_date(text)
    )


def _as_date(parts: dict[str, str]) -> date | None:
    year = int(parts["year"])
    if "name" in parts:
        month = _month(parts["name"])
    elif "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        if one <= 12 and two <= 12 and one != two:
            return None  # 3/4/2024 is two dates
        month, parts["day"] = (two, str(one)) if one > 12 else (one, str(two))
    else:
        month = int(parts["month"])
    try:
        return date(year, month or 0, int(parts["day"]))
    except ValueError:
        return None


def _month(word: str) -> int | None:
    word = word.lower().replace("i̇", "i")
    months = {month for name, month in _MONTHS if name.startswith(word[:9])}
    return months.pop() if len(months) == 1 else None

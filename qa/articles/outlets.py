"""Whose reporting an article is: a news agency, else the publisher that the page names."""

from __future__ import annotations

import re

from qa.articles.dates import DATE_LIKE

_AGENCIES = {
    "AP": ("ap", "associated press", "the associated press"),
    "AFP": ("afp", "agence france-presse", "agence france presse"),
    "Reuters": ("reuters", "thomson reuters"),
    "VOA": ("voa", "voa news", "voice of america"),
    "dpa": ("dpa", "deutsche presse-agentur"),
    "EFE": ("efe", "agencia efe"),
    "ANSA": ("ansa",),
    "TASS": ("tass", "тасс"),
    "Interfax": ("interfax", "интерфакс"),
    "Ukrinform": ("ukrinform", "укринформ", "укрінформ"),
    "Yonhap": ("yonhap", "yonhap news agency"),
    "Kyodo": ("kyodo", "kyodo news", "共同通信"),
    "Xinhua": ("xinhua", "新华社"),
    "UPI": ("upi", "united press international"),
    "PTI": ("pti", "press trust of india"),
    "ANI": ("ani",),
    "PA": ("pa", "pa media", "press association"),
    "Bloomberg": ("bloomberg", "bloomberg news"),
}
_KNOWN = {name: agency for agency, names in _AGENCIES.items() for name in names}
_ORIGINAL = re.compile(
    r"(?:read the original (?:article|story) (?:on|at|in)"
    r"|(?:originally|first) (?:appeared|published|ran) (?:on|in|by|at|as)"
    r"|^(?:source|outlet|newspaper|publication)\s*:|^\(?quelle\s*:|^fuente\s*:|^источник\s*:)\s*(?P<name>[^.|()]{2,60})",
    re.IGNORECASE,
)
# What papers and stations call themselves; the last word of a name, but for "of" and a place.
_PAPER = re.compile(
    r"\b(?:gazette|herald|times|news|post|courier|tribune|chronicle|journal|observer|telegraph"
    r"|guardian|mail|express|mirror|star|sun|echo|examiner|inquirer|enquirer|sentinel|standard"
    r"|independent|dispatch|bulletin|record|register|reporter|review|weekly|daily|press|ledger"
    r"|argus|advertiser|mercury|monitor|globe|wire|today|radio|tv|television|broadcasting"
    r"|zeitung|anzeiger|nachrichten|rundschau|tageblatt|kurier|bote)(?: (?:of|von) [^,.]{2,30})?$",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^(?:latest|breaking|more|top|related|local|world|national|international|sports?|business"
    r"|politics|opinion|press|book|film|music)\b",
    re.IGNORECASE,
)
_DATE = re.compile(rf"(?<!\s)\s*{DATE_LIKE}.*$", re.IGNORECASE)
_APART = re.compile(r"(?<!\s)\s*[|·•»]\s*|,\s+|\s[–—-]\s")
_SMALL = frozenset({"of", "and", "&", "von"})  # the words of a name without capitals
_LONGEST_NAME = 5  # words
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)(?:\s{0,3}(?:©|\(c\)|copyright|by|the year)){0,3}\s{0,3}"
    r"(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)\d\d|present))?)?[\s,]*(?:by\s+)?(?P<name>[^\W\d_][^.|©\n]{1,60}?)"
    r"(?:\s+(?:19|20)\d\d)?\s*(?:[.|,©]|$|\ball rights|\balle rechte)",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^[A-ZÀ-Þ][^()a-z]{1,30}[^()]{0,30}\((?P<name>[A-Za-z]{2,12})\)\s*[—–-]")
_BY = re.compile(r"^(?:by|von|par|por|source|from|via)\s*:?\s+", re.IGNORECASE)
_TAIL = re.compile(
    r"(?<![\s,])[\s,]+(?:ltd|inc|llc|gmbh|plc|limited|corp(?:oration)?|all rights reserved)\W*$",
    re.IGNORECASE,
)
_NOT_NAMES = re.compile(r"rights|reserved|reproduc|privacy|terms|content|powered", re.IGNORECASE)


def find_outlet(blocks: list[str], page_titles: list[str]) -> str:
    """Return the outlet's name, or "" where the page names none.

    Args:
        blocks: The whole page.
        page_titles: The parts of its title that are not the headline.
    """
    return (
        _first(_ORIGINAL, blocks)
        or next(filter(None, map(agency, blocks)), "")
        or agency(_first(_DATELINE, blocks))
        or _first(_RIGHTS, blocks)
        or next(iter(page_titles), "")
    )


def masthead(line: str) -> str:
    """The paper or station that a line near a headline names, perhaps beside a date; else ""."""
    labelled = _ORIGINAL.match(line)
    parts = [labelled["name"]] if labelled else _APART.split(line)
    names = [part.strip() for part in parts]
    return next((name for name in names if _is_paper(name) and not _SECTION.match(name)), "")


def names_outlet(line: str) -> bool:
    """Whether a line says nothing but where an article appeared: a paper, or its section."""
    return bool(_ORIGINAL.match(line) or _is_paper(line))


def _is_paper(name: str) -> bool:
    """Whether it is written as a name, and ends or begins as those of papers do."""
    parts = name.split()
    return bool(
        2 <= len(parts) <= _LONGEST_NAME
        and all(part[0].isupper() or part in _SMALL for part in parts)
        and (_PAPER.search(name) or (parts[0] == "The" and len(parts) == 2))
        and not _BY.match(name)
    )


def agency(line: str) -> str:
    """The agency that a whole line names, perhaps as its author; else ""."""
    return _KNOWN.get(_BY.sub("", line).strip(" .-–—").lower(), "")


def _first(pattern: re.Pattern[str], blocks: list[str]) -> str:
    for block in blocks:
        found = pattern.search(block)
        name = _DATE.sub("", _TAIL.sub("", found["name"])).strip(" ,-–—:") if found else ""
        if name and len(name.split()) < 7 and not _NOT_NAMES.search(name):
            return agency(name) or name
    return ""

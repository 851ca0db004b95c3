"""Whose reporting an article is: a news agency, else the publisher that the page names."""

from __future__ import annotations

import re

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
    r"|^source\s*:|^\(?quelle\s*:|^fuente\s*:|^источник\s*:)\s*(?P<name>[^.|()]{2,60})",
    re.IGNORECASE,
)
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


def agency(line: str) -> str:
    """The agency that a whole line names, perhaps as its author; else ""."""
    return _KNOWN.get(_BY.sub("", line).strip(" .-–—").lower(), "")


def _first(pattern: re.Pattern[str], blocks: list[str]) -> str:
    for block in blocks:
        found = pattern.search(block)
        name = _TAIL.sub("", found["name"]).strip(" ,-–—:") if found else ""
        if name and len(name.split()) < 7 and not _NOT_NAMES.search(name):
            return agency(name) or name
    return ""

"""Whom an article credits with its text: "(Northwire) —", "AP", "Reuters contributed"."""

from __future__ import annotations

import re

_NAME = r"[A-Z][\w&’'-]*(?: (?:[A-Z][\w&’'-]*|of|de)){0,4}"
_REPORTS = r"(?:reports?|reported|writes|wrote|contributed|has learned|learned)"
_CREDITS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\A[^()\n]{{2,80}}\((?P<name>{_NAME})\)\s*[—–-]",  # a dateline's
        rf",\s+(?P<name>{_NAME}) {_REPORTS}\b",
        rf"\b(?:the )?(?P<name>{_NAME}) contributed (?:to|reporting)\b",
        rf"(?i:\bwith (?:reporting|material|files) (?:by|from)|\b(?:source|via|from agencies)\s*:)"
        rf"\s+(?P<name>{_NAME})",
        rf"\b(?i:according to|as reported by|told|citing) (?:the news agency |the agency )?"
        rf"(?P<name>{_NAME})",
        rf"\((?P<name>{_NAME})\)\s*\Z",
        rf"(?:\A|\n)[—–-]? ?(?P<name>{_NAME})\s*\Z",
    )
)


def credited(text: str, outlet: str, byline: str = "") -> frozenset[str]:
    """The names that may be an agency's, in lower case: of the outlet, the byline and the text.

    Some are no agency's ("according to Mayor Orfe"): they count where another article's outlet or
    dateline is of that name.
    """
    named = [*outlet.split(" via "), *byline.split(", ")]
    named += [match["name"] for pattern in _CREDITS for match in pattern.finditer(text)]
    return frozenset(name.strip().casefold().removeprefix("the ") for name in named if name.strip())

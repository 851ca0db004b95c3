"""Text for a terminal: what others wrote shows there, and does nothing."""

from __future__ import annotations

import re

# Controls but tab and line feed, what turns the direction of writing, halves of surrogate pairs.
_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str) -> str:
    r"""The text with `\x1b` written out where it holds an escape character, and so on.

    A form feed, which ends the pages of documents, is a space.
    """
    return _STEERING.sub(lambda found: ascii(found[0])[1:-1], text.replace("\f", " "))


def one_line(what: object) -> str:
    """The same on one line, for a message."""
    return printable(str(what).replace("\n", r"\n"))


def as_json(written: str) -> str:
    """JSON that holds such characters only as `\\u` and four digits."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", written)

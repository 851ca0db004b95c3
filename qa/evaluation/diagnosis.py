"""Why an answer failed, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from qa.evaluation.outcome import Found

NOT_INDEXED = "not indexed"
NOT_RETRIEVED = "not retrieved"
NOT_READ = "retrieved but not read"
WRONG_SPAN = "wrong span"
WRONGLY_REFUSED = "wrongly refused"
SHOULD_HAVE_REFUSED = "should have refused"
FAILED = "no answer came"

WHAT_MENDS = {
    NOT_INDEXED: "The gold articles are not in the archive, or are called otherwise there.",
    NOT_RETRIEVED: "No passage that proves the answer was found: the wording is too far off.",
    NOT_READ: "The proving passage was found, but too far down to be read: read more passages.",
    WRONG_SPAN: "The proving passage was read, and other words were taken for the answer.",
    WRONGLY_REFUSED: "The proving passage was read, and not believed: the threshold is too high, "
    "or the reader too weak here.",
    SHOULD_HAVE_REFUSED: "Nothing answers, and something was answered: the threshold is too low, "
    "or the passage looks as if it did.",
    FAILED: "An error came instead of an answer.",
}


def diagnose(*, answered: bool, read: Sequence[Found], ranked: Sequence[Found]) -> str:
    """The first thing that went wrong where the articles do answer.

    Args:
        answered: whether an answer was given.
        read: the passages that the answer was made from.
        ranked: all that was found, further down than was read if that can be had.
    """
    if any(one.holds for one in read):
        return WRONG_SPAN if answered else WRONGLY_REFUSED
    for place, one in enumerate(ranked, start=1):
        if one.holds:
            return f"{NOT_READ} (rank {place})"
    return f"{NOT_RETRIEVED} (not among {len(ranked)})"

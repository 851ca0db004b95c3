"""Each statement beside what it rests on, before anybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from qa.answering.draft import Remark, Statement
from qa.records import Citation, Verdict

# A sentence and the quotes that are to carry it.
Check = Callable[[str, Sequence[str | Citation]], Verdict]

_BY_CONSTRUCTION = Verdict("supported", 1.0)


def proven(
    statements: Iterable[Statement | Remark], check: Check | None
) -> Iterator[Statement | Remark]:
    """The statements with their verdicts, each as soon as it is drafted.

    Args:
        statements: as a drafter yields them.
        check: judges what is not the evidence's own words; None leaves it without a verdict.
    """
    for one in statements:
        yield one if isinstance(one, Remark) else replace(one, verdict=_verdict(one, check))


def _verdict(one: Statement, check: Check | None) -> Verdict | None:
    if one.verdict is not None or not one.evidence:
        return one.verdict
    if one.carried:
        return _BY_CONSTRUCTION
    return check(one.text, [evidence.text for evidence in one.evidence]) if check else None

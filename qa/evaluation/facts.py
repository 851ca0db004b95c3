"""What was run, from a report's `about`, any part of which may be missing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from vectorstore.days import written

if TYPE_CHECKING:
    from qa.evaluation.report import Report

_TOLD = frozenset(
    "gold sample archive finished seconds jobs version outlets config settings problems".split()
)
_MANY = 6  # values of a list that are written out


def facts(report: Report, baseline: Report | None = None) -> list[tuple[str, str]]:
    """What to know before looking at the figures: name and value."""
    about = report.about
    told = {
        "Questions": f"{len(report.outcomes):,}",
        "Gold": _gold(about),
        "Left out": _left_out(len(report.problems)),
        "Archive": _archive(about.get("archive")),
        "Finished": _moment(about.get("finished")),
        "Took": _took(about),
        "Footnote": _plain(about.get("version")),
        "Baseline": baseline.name if baseline else "",
    }
    return [(name, value) for name, value in told.items() if value]


def settings(report: Report) -> list[tuple[str, str]]:
    """The settings of the run, and whatever else is known about it."""
    found = {**_dict(report.about.get("config")), **_dict(report.about.get("settings"))}
    rest = {name: value for name, value in report.about.items() if name not in _TOLD}
    return [
        (name.replace("_", " "), _plain(value) or "–") for name, value in (found | rest).items()
    ]


def _gold(about: dict[str, Any]) -> str:
    gold, sample = _plain(about.get("gold")), about.get("sample")
    return f"{gold}, a sample of {sample}" if gold and sample else gold


def _left_out(lines: int) -> str:
    return f"{lines:,} line{'' if lines == 1 else 's'} of the gold" if lines else ""


def _archive(archive: Any) -> str:
    if not isinstance(archive, dict):
        return _plain(archive)
    told = dict(archive)
    count = told.pop("articles", None)
    told.pop("fingerprint", None)
    counted = f"{count:,} article{'' if count == 1 else 's'}" if isinstance(count, int) else ""
    return ", ".join(part for part in (counted, _plain(told)) if part)


def _took(about: dict[str, Any]) -> str:
    seconds, jobs = about.get("seconds"), about.get("jobs")
    if not isinstance(seconds, int | float):
        return ""
    took = f"{seconds:,.0f} s" if seconds < 120 else f"{seconds / 60:,.0f} min"
    return f"{took}, {jobs} at a time" if isinstance(jobs, int) and jobs > 1 else took


def _moment(value: Any) -> str:
    try:
        when = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return _plain(value)
    zone = " UTC" if when.utcoffset() is not None and not when.utcoffset() else ""
    return f"{written(when)}, {when:%H:%M}{zone}"


def _plain(value: Any) -> str:
    """A value in words; nothing for nothing."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        if len(value) > _MANY:
            return f"{len(value):,} values"
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}

"""Six questions about two articles, with answers that are known beforehand."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from qa.evaluation import Gold, Report
from qa.records import Article

BRIDGE = "The Orm Bridge opened in 1931. It was designed by Ada Renner."
TOWER = "The Vik Tower was finished in 1902 by Otto Brandt."
ARTICLES = [
    Article(id=name, title=title, outlet=outlet, published=None, url="", text=text, path=name)
    for name, title, outlet, text in (
        ("bridge.txt", "The bridge", "The Tide", BRIDGE),
        ("tower.txt", "The tower", "Coast News", TOWER),
    )
]


def said(
    short: str, text: str = "", cites: str = "", confidence: float = 0.9, finds: str = ""
) -> SimpleNamespace:
    """An answer as a callable may give it: `cites` and `finds` are initials of articles."""
    texts = {"b": ("bridge.txt", BRIDGE), "t": ("tower.txt", TOWER)}
    return SimpleNamespace(
        text=text or f"{short}. [1]",
        short=short,
        answered=bool(short or text),
        confidence=confidence,
        citations=[SimpleNamespace(article_id=texts[c][0], quote=texts[c][1]) for c in cites],
        nearest=[SimpleNamespace(article_id=texts[c][0], text=texts[c][1]) for c in finds or cites],
    )


REFUSED = SimpleNamespace(text="No.", short="", answered=False, confidence=0.2, nearest=[])
GOLD = [
    Gold(question="Who designed it?", answers=("Ada Renner",), articles=("bridge.txt",), type="a"),
    Gold(question="When did it open?", answers=("1931", "in 1931"), articles=("bridge.txt",)),
    Gold(question="Who finished it?", answers=("Otto Brandt",), articles=("The tower",)),
    Gold(question="Who paid?", answerable=False),
    Gold(question="Who sang?", answerable=False),
    Gold(question="Who swam?", answers=("Nobody",), articles=("lake.txt",)),
]


ANSWERS = {
    "Who designed it?": said("Ada Renner", cites="bt", confidence=0.9),
    "When did it open?": said("opened in 1931", cites="tb", confidence=0.6),
    "Who finished it?": REFUSED,
    "Who paid?": said("Ada Renner", cites="b", confidence=0.4),
    "Who sang?": REFUSED,
    "Who swam?": said("Otto Brandt", cites="t", confidence=0.5),
}


def value(report: Report, name: str) -> float:
    return report.figures[name].value


def counting(asked: list[str]) -> Callable[[str], SimpleNamespace]:
    """Answers as known, and writes down what was asked."""

    def answer(question: str) -> SimpleNamespace:
        asked.append(question)
        return ANSWERS[question]

    return answer

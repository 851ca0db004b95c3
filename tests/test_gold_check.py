"""Gold pairs against the articles: what the checks see."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qa.evaluation import Gold, load_gold
from qa.evaluation.check import check
from qa.evaluation.library import Library
from qa.records import Article
from tests.files import write_lines

HARBOUR = Article(
    id="2024/harbour.md",
    title="Harbour opens",
    outlet="The Tide",
    published=date(2024, 5, 2),
    url="",
    text="The harbour of Lunde opened on Monday. Some 40 boats came, and Mayor Ida Voss spoke.",
    path="/news/2024/harbour.md",
)
FERRY = Article(
    id="ferry.txt",
    title="Ferry late",
    outlet="Coast News",
    published=None,
    url="",
    text="The ferry to Lunde was two hours late. Nobody was hurt.",
    path="/news/ferry.txt",
)
LIBRARY = Library([HARBOUR, FERRY])


def as_dict(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in Article.__dataclass_fields__}


def test_articles_go_by_id_file_name_and_title() -> None:
    names = ("2024/harbour.md", "harbour.md", "HARBOUR  opens", "ferry.txt", "nothing")
    assert [LIBRARY.named(name) for name in names] == [*[HARBOUR.id] * 3, FERRY.id, None]
    twin = Library([HARBOUR, Article(**{**as_dict(HARBOUR), "id": "2023/harbour.md"})])
    assert twin.named("harbour.md") is None  # there are two
    assert twin.named("2023/harbour.md") == "2023/harbour.md"


def test_the_fingerprint_follows_the_texts() -> None:
    assert Library([FERRY, HARBOUR]).fingerprint == LIBRARY.fingerprint
    changed = Article(**{**as_dict(FERRY), "text": "The ferry came."})
    assert Library([HARBOUR, changed]).fingerprint != LIBRARY.fingerprint


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        (Gold(question="?", answers=("40",), articles=("harbor.md",)), "'harbor.md'"),
        (Gold(question="?", answers=("50",), articles=("harbour.md",)), "'50'"),
        (
            Gold(question="?", answers=("40",), articles=("harbour.md",), quotes=("41 boats",)),
            "the quote stands in none",
        ),
        (
            Gold(question="?", answers=("40 boats", "Oslo"), articles=("harbour.md",), type="list"),
            "'Oslo'",
        ),
        (
            Gold(question="?", answers=("40",), articles=("harbour.md",), until="2024-05-01"),
            "filters leave",
        ),
        (
            Gold(question="?", answers=("two",), articles=("ferry.txt",), since="2024-05-01"),
            "leave",
        ),
    ],
)
def test_what_cannot_be_right_is_found(pair: Gold, says: str, tmp_path: Path) -> None:
    found = load_gold(write_lines(tmp_path / "gold.jsonl", {"question": "ok?", "answers": ["x"]}))
    found.pairs[:] = [pair]
    (problem,) = check(found, LIBRARY).problems
    assert says in problem.reason


def test_what_can_be_right_passes(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "gold.jsonl",
        {"question": "How many?", "answers": ["40 boats", "forty"], "articles": ["harbour.md"]},
        {"question": "When?", "answers": ["May 2, 2024"], "articles": ["Harbour opens"]},
        {"question": "By whom?", "answers": ["The Tide"], "articles": ["harbour.md"]},
        {
            "question": "How many?",
            "answers": ["40"],
            "articles": ["harbour.md"],
            "quotes": ["The harbour of Lunde opened on Monday."],
            "outlet": "the tide",
            "since": "2024-05-02",
        },
        {"question": "Who fell in?"},
    )
    checked = check(load_gold(path), LIBRARY)
    assert checked.problems == []
    assert ["'forty'" in remark.reason for remark in checked.remarks] == [True]

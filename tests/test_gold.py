"""Gold pairs: what can be read, what is complained about, and what the checks see."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from qa.errors import UnreadableFile
from qa.evaluation import Gold, load_gold
from qa.evaluation.check import check
from qa.evaluation.library import Library
from qa.evaluation.squad import load_squad
from qa.records import Article

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


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows), "utf-8")
    return path


def test_lines_become_pairs_and_bad_lines_are_named(tmp_path: Path) -> None:
    path = write(
        tmp_path / "gold.jsonl",
        {"question": "Who spoke?", "answers": ["Ida Voss"], "articles": ["harbour.md"]},
        "",
        "{broken",
        ["a list"],
        {"question": "Who?", "anwsers": ["x"]},
        {"question": " ", "answers": ["x"]},
        {"question": "Who?", "answers": [1]},
        {"question": "Who?", "answers": ["x"], "answerable": False},
        {"question": "Who?", "answers": ["x"], "since": "May 2"},
        {"question": "Who?", "answers": ["x"], "history": ["hello"]},
        {"question": "Was anyone hurt?", "answers": "Nobody", "type": "factoid"},
        {"question": "How deep is it?"},
    )
    found = load_gold(path)
    assert [(pair.question, pair.answers) for pair in found.pairs] == [
        ("Who spoke?", ("Ida Voss",)),
        ("Was anyone hurt?", ("Nobody",)),
        ("How deep is it?", ()),
    ]
    assert found.lines == [1, 11, 12]
    assert [pair.answerable for pair in found.pairs] == [True, True, False]
    reasons = {problem.line: problem.reason for problem in found.problems}
    assert sorted(reasons) == [3, 4, 5, 6, 7, 8, 9, 10]
    assert "not JSON" in reasons[3]
    assert "'anwsers'" in reasons[5]
    assert "the question is missing" in reasons[6]
    assert "2024-09-04" in reasons[9]
    assert str(found.problems[0]).startswith(f"{path}, line 3: ")


def test_a_line_separator_inside_a_question_is_no_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"question": "Who\u2028spoke?", "answers": ["x"]}\n', "utf-8")
    assert load_gold(path).pairs[0].question == "Who\u2028spoke?"


def test_csv_holds_the_same(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text(
        "\ufeffquestion,answers,articles,answerable,history,since\r\n"
        '"Who, then, spoke?",Ida Voss | Voss,harbour.md,,,2024-01-01\r\n'
        '"Two\nlines?","[""a | b""]",,yes,"[{""role"": ""user"", ""content"": ""Hi""}]",\r\n'
        "How deep?,,,no,,\r\n"
        "Who?,x,,perhaps,,\r\n"
        "a,b,c,true,,,too many\r\n",
        "utf-8",
    )
    found = load_gold(path)
    first, second, third = found.pairs
    assert first == Gold(
        question="Who, then, spoke?",
        answers=("Ida Voss", "Voss"),
        articles=("harbour.md",),
        since="2024-01-01",
    )
    assert (second.answers, second.history[0]["content"]) == (("a | b",), "Hi")
    assert not third.answerable
    assert [problem.line for problem in found.problems] == [6, 7]


def test_odd_csv(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text("Question;ANSWERS\r\nWho?;Ann|Bob\r\n", "utf-8")
    assert load_gold(path).pairs[0].answers == ("Ann", "Bob")
    path.write_text('question,answers\nWho?,Ann\n"What,Bob\nWhen,1931\n', "utf-8")
    found = load_gold(path)
    assert [pair.question for pair in found.pairs] == ["Who?"]
    assert [(one.line, "not CSV" in one.reason) for one in found.problems] == [(3, True)]
    path.write_text("question,answers,answers\nWho?,Ann,Bob\n", "utf-8")
    with pytest.raises(UnreadableFile, match="same name"):
        load_gold(path)


def test_odd_lines(tmp_path: Path) -> None:
    found = load_gold(
        write(
            tmp_path / "gold.jsonl",
            {"question": "Who?", "answers": [""]},
            '{"question": "Who \\ud800?", "answers": ["x"]}',
            {"question": "Who \U0001f600?", "quotes": ["It is so."]},
            {"question": "Who?", "answers": ["x"], "since": "20240904"},
        )
    )
    assert [problem.line for problem in found.problems] == [1, 2]
    assert found.pairs[0].answerable
    assert found.pairs[1].since == "2024-09-04"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("gold.txt", b"x", ".jsonl or .csv"),
        ("gold.jsonl", b"", "holds no gold pairs"),
        ("gold.jsonl", b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_file_that_is_no_gold_says_so(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=says):
        load_gold(tmp_path / name)
    with pytest.raises(UnreadableFile, match="no such file"):
        load_gold(tmp_path / "missing.jsonl")


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
    found = load_gold(write(tmp_path / "gold.jsonl", {"question": "ok?", "answers": ["x"]}))
    found.pairs[:] = [pair]
    (problem,) = check(found, LIBRARY).problems
    assert says in problem.reason


def test_what_can_be_right_passes(tmp_path: Path) -> None:
    path = write(
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


SQUAD = {
    "version": "v2.0",
    "data": [
        {
            "title": "Lunde_(town)",
            "paragraphs": [
                {
                    "context": "Lunde has a harbour.",
                    "qas": [
                        {
                            "id": "1",
                            "question": "What has Lunde?",
                            "answers": [
                                {"text": "a harbour", "answer_start": 10},
                                {"text": "a harbour", "answer_start": 10},
                            ],
                        },
                        {
                            "id": "2",
                            "question": "Who built it?",
                            "answers": [],
                            "is_impossible": True,
                        },
                        {"id": "3", "question": "Why?", "answers": []},
                    ],
                },
                {"context": "Lunde has a harbour.", "qas": []},
                {"context": "It lies in the north.", "qas": []},
            ],
        },
        {"title": "Lunde_(town)", "paragraphs": []},
    ],
}


def test_squad_becomes_articles_and_pairs(tmp_path: Path) -> None:
    (tmp_path / "dev.json").write_text(json.dumps(SQUAD), "utf-8-sig")
    (article,), found = load_squad(tmp_path / "dev.json")
    first, second = found.pairs
    assert first.answers == ("a harbour",)
    assert first.articles == ("0001-lunde-town",)
    assert (second.answerable, second.articles) == (False, ())
    assert "question 3 has no answer" in found.problems[0].reason
    assert (article.id, article.title) == ("0001-lunde-town", "Lunde (town)")
    assert article.text == "Lunde has a harbour.\n\nIt lies in the north."


ODD = {
    "data": [
        7,
        {"title": "Odd", "paragraphs": [3, {"context": "Here.", "qas": "none"}]},
        {
            "title": "Odder",
            "paragraphs": [
                {
                    "context": "It is a port.",
                    "qas": [
                        "What?",
                        {"question": "What is it?", "answers": {"text": "a port"}},
                        {"question": "What is it?", "answers": ["a port"]},
                        {"question": "What is it?", "answers": [{"text": "a port"}]},
                    ],
                }
            ],
        },
    ]
}


def test_odd_squad_keeps_what_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text(json.dumps(ODD), "utf-8")
    articles, found = load_squad(tmp_path / "odd.json")
    assert [article.title for article in articles] == ["Odd", "Odder"]
    assert [pair.answers for pair in found.pairs] == [("a port",)]
    assert len(found.problems) == 3


@pytest.mark.parametrize("content", ["[1]", "{", '{"data": 3}', '{"data": []}'])
def test_what_is_not_squad_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / "dev.json").write_text(content, "utf-8")
    with pytest.raises(UnreadableFile, match="SQuAD"):
        load_squad(tmp_path / "dev.json")
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        load_squad(tmp_path)


def as_dict(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in Article.__dataclass_fields__}

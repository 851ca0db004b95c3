"""Gold pairs: what can be read, and what is complained about."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import UnreadableFile
from qa.evaluation import Gold, load_gold
from tests.files import write_lines


def test_lines_become_pairs_and_bad_lines_are_named(tmp_path: Path) -> None:
    path = write_lines(
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
        write_lines(
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

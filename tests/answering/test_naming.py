"""Who somebody is, from what the articles call them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa import Assistant
from qa.answering.gathering.naming import description
from qa.answering.understanding.persons import person_asked_for

CALLED = [
    ("Ada Renner", "Harbour Minister Ada Renner opened the lock.", "Harbour Minister"),
    ("Ada Renner", "Ada Renner, the harbour's engineer, opened it.", "the harbour's engineer"),
    ("Ada Renner", "The port's chief executive, Ada Renner, left.", "The port's chief executive"),
    ("Ada Renner", "It was praised by Port Vell's mayor, Ada Renner.", "Port Vell's mayor"),
    ("Renner", "The mayor met Ada Renner, Port Vell's new engineer.", "Port Vell's new engineer"),
    ("renner", "Ada Renner was a lock keeper, as her father had been.", "a lock keeper"),
    ("Ada Renner", "The work was led by retired judge Ada Renner.", "retired judge"),
    ("Ada Renner", "He told of the flight of Vell's leader Ada Renner.", "Vell's leader"),
    ("Ada Renner", "On Monday Mayor Ada Renner resigned.", "Mayor"),
    ("Ada Renner", "Ada Renner, 54, a former champion, lost.", "a former champion"),
    ("Ada Renner", "Ada Renner, head of the port, resigned.", "head of the port"),
    (
        "Ada Renner",
        "Renner's boss is the chief of the fire brigade, Ada Renner.",
        "the chief of the fire brigade",
    ),
    ("Ada Renner", "It was shut after Mayor Ada Renner complained.", "Mayor"),
    ("Ada Renner", "Ada Renner was a captain in the U.S. Navy.", "a captain in the U.S. Navy"),
    ("Ada Renner", "Ada Renner, who was injured in the crash, spoke.", ""),
    ("Ada Renner", "According to Ada Renner, the lock on the Vell will open.", ""),
    ("Ada Renner", "With Ada Renner, the chief of police will resign.", ""),
    ("Ada Renner", "Ada Renner met the mayor, Otto Brandt.", ""),
    ("Ada Renner", "It will open with Ada Renner, the town said on Friday.", ""),
    ("Ada Renner", "The mayor wrote to Ada Renner's sister.", ""),
]


@pytest.mark.parametrize(("name", "sentence", "expected"), CALLED)
def test_a_title_or_an_apposition_says_who(name: str, sentence: str, expected: str) -> None:
    assert description(name, sentence) == expected


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is Ada Renner?", "Ada Renner"),
        ("who was renner", "renner"),
        ("Who's Otto van der Vell?", "Otto van der Vell"),
        ("Who is Ada Renner? (harbour lock)", "Ada Renner"),
        ("Who is the mayor?", ""),
        ("Who is Renner's coach?", ""),
        ("Who was the lock designed by?", ""),
        ("Who is Ada Renner married to?", ""),
        ("Who is finance minister?", ""),
        ("Who is she?", ""),
        ("Who opened the lock?", ""),
        ("Who is in charge of the lock?", ""),
    ],
)
def test_only_a_name_is_asked_for(question: str, name: str) -> None:
    assert person_asked_for(question) == name


def test_nobody_is_somebody_else(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "lock.txt").write_text(
        "Mayor Otto Brandt received Ada Renner at the new lock on Monday. She had come by boat.\n\n"
        "The lock has cost 40 million crowns. It is the third on the river Vell.\n"
    )
    with Assistant.open(tmp_path / "archive") as assistant:
        assistant.ingest(folder)
        assert assistant.ask("Who is Otto Brandt?").short == "Mayor"
        nobody = assistant.ask("Who is Ada Renner?")
        assert "Brandt" not in nobody.short
        assert not nobody.answered or "Ada Renner" in nobody.citations[0].quote
        assert not assistant.ask("Who is Lena Holm?").answered

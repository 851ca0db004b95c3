"""What the page's events do for whom, whatever the page shows: anybody can send any event."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from fastapi import Request

from qa import FootnoteError
from qa.articles.finding import READ
from qa.chat.desk import Desk
from qa.chat.pace import Pace
from qa.chat.scope import Scope
from qa.chat.uploads import Uploads
from qa.chat.visitor import Visitor
from tests.serving.conftest import Place


@pytest.fixture
def desk(place: Place, tmp_path: Path) -> Desk:
    return Desk(place.assistant, Uploads(tmp_path / "uploads", kinds=READ, largest=1000))


def asked_by(visitor: Visitor) -> gr.Request:
    return gr.Request(Request({"type": "http", "headers": [], "state": {"visitor": visitor}}))


def event(**data: Any) -> Any:
    return SimpleNamespace(_data=data, **data)


READER = asked_by(Visitor("192.0.2.1", "ben", may_change=False))
EDITOR = asked_by(Visitor("192.0.2.1", "anna"))


def test_a_reader_changes_nothing(desk: Desk, place: Place, tmp_path: Path) -> None:
    (tmp_path / "uploads" / "@ben").mkdir(parents=True)
    (tmp_path / "uploads" / "@ben" / "a.txt").write_text("Nine herons stood in the mill race.")
    before = place.assistant.articles()
    assert "not add" in "".join(desk.add(event(kept=["a.txt"], refused=[]), READER))
    assert "not remove" in desk.discard(event(article=before[0].id), READER)
    assert place.assistant.articles() == before
    shown = desk.open([], event(article=before[0].id), READER)
    assert "discard" not in shown
    assert "discard" in desk.open([], event(article=before[0].id), EDITOR)


def test_only_what_was_sent_is_read(desk: Desk, place: Place, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The key of the mill lies under the third stone.")
    before = place.assistant.articles()
    names = ["../secret.txt", str(tmp_path / "secret.txt"), "../../secret.txt", "gone.txt"]
    *_, report = desk.add(event(kept=names, refused=[["<b>.exe", "<i>no</i>"]]), EDITOR)
    assert "Nothing added" in report
    assert "&lt;b&gt;.exe</b>: &lt;i&gt;no" in report
    assert place.assistant.articles() == before


def test_what_holds_no_article_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    blank = tmp_path / "uploads" / "@anna" / "blank.txt"
    blank.parent.mkdir(parents=True)
    blank.write_text("\n")
    *_, report = desk.add(event(kept=["blank.txt"], refused=[]), EDITOR)
    assert "blank.txt" in report
    assert not blank.exists()


def test_a_visitor_asks_so_often(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = {"@ben": 6.5, "@anna": 0.0}
    monkeypatch.setattr(Pace, "wait", lambda _, key: waits[key])
    *_, last = desk.ask("Who received Choe?", [], Scope(), READER)
    assert last[1][0].error == "Too many questions at once: ask again in 7 s."
    *_, last = desk.ask("Who received Choe?", [], Scope(), EDITOR)
    assert last[1][0].answer


def test_a_long_question_is_shown_as_far_as_it_is_read(desk: Desk) -> None:
    *_, last = desk.ask("Who? " * 1000, [], Scope(), EDITOR)
    assert len(last[1][0].question) == 2_002
    assert "2,000" in last[1][0].answer.notes[0]


def test_an_error_names_no_folder(
    desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise FootnoteError(f"{place.archive}/ledger.sqlite is damaged; ask http://127.0.0.1:9/v1.")

    monkeypatch.setattr(place.assistant, "stream", broken)
    *_, last = desk.ask("Who received Choe?", [], Scope(), EDITOR)
    assert last[1][0].error == "ledger.sqlite is damaged; ask http://127.0.0.1:9/v1."

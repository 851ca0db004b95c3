"""What the page's events do for whom, whatever the page shows: anybody can send any event."""

from __future__ import annotations

from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from fastapi import Request

from qa import FootnoteError
from qa.articles.kinds import READ
from qa.chat.archive import Archive, Sieve
from qa.chat.desk import Desk
from qa.chat.drawer import Drawer
from qa.chat.library import Library
from qa.chat.owner import owner
from qa.chat.pace import Pace
from qa.chat.scope import Scope
from qa.chat.turn import Talk
from qa.chat.uploads import Uploads
from qa.chat.visitor import Visitor
from qa.conversations import Conversations
from tests.serving.conftest import Place


@pytest.fixture
def drawer(tmp_path: Path) -> Drawer:
    return Drawer(Conversations(tmp_path / "conversations.sqlite"))


@pytest.fixture
def library(place: Place, drawer: Drawer, tmp_path: Path) -> Library:
    uploads = Uploads(tmp_path / "uploads", kinds=READ, largest=lambda _: 1000)
    return Library(place.assistant, uploads, drawer)


@pytest.fixture
def desk(place: Place, library: Library, drawer: Drawer) -> Desk:
    return Desk(place.assistant, library, drawer)


def asked_by(visitor: Visitor, **headers: str) -> gr.Request:
    told = [(name.encode(), value.encode()) for name, value in headers.items()]
    return gr.Request(Request({"type": "http", "headers": told, "state": {"visitor": visitor}}))


def event(**data: Any) -> Any:
    return SimpleNamespace(_data=data, **data)


READER = asked_by(Visitor("192.0.2.1", "ben", may_change=False))
EDITOR = asked_by(Visitor("192.0.2.1", "anna"))


def test_a_reader_changes_nothing(library: Library, place: Place, tmp_path: Path) -> None:
    (tmp_path / "uploads" / "@ben").mkdir(parents=True)
    (tmp_path / "uploads" / "@ben" / "a.txt").write_text("Nine herons stood in the mill race.")
    before = place.assistant.articles()
    assert "not add" in "".join(library.add(event(kept=["a.txt"], refused=[]), READER))
    assert "not remove" in library.discard(event(article=before[0].id), READER)
    assert place.assistant.articles() == before
    shown = library.open(Talk(), "", event(article=before[0].id), READER)
    assert "discard" not in shown
    assert "discard" in library.open(Talk(), "", event(article=before[0].id), EDITOR)
    cuts = event(article=before[0].id, view="cuts")
    assert "not look at what was cut" in library.open(Talk(), "", cuts, READER)
    assert "not look at what was cut" not in library.open(Talk(), "", cuts, EDITOR)


def test_what_was_removed_is_shown_to_whoever_may_bring_it_back(
    library: Library, place: Place
) -> None:
    view = Archive(place.assistant, library)
    gone = place.assistant.articles()[0]
    place.assistant.remove(gone.id)
    try:
        told, listed = view.show(Sieve(kind="removed"), "", EDITOR)[1:]
        assert "Removed" in told
        assert escape(gone.title) in listed
        told, listed = view.show(Sieve(kind="removed"), "", READER)[1:]
        assert "Removed" not in told
        assert escape(gone.title) not in listed
    finally:
        place.assistant.bring_back(gone.id)


def test_a_conversation_goes_on_with_its_language_model(desk: Desk) -> None:
    *_, last = desk.ask("Who received Choe?", Talk(), Scope(llm="none"), "", EDITOR)
    place = f"#{last[1].id}"
    assert desk.arrive(Talk(), Scope(), "", place, EDITOR)[1] == Scope(llm="none")
    assert desk.resume(event(talk=last[1].id), EDITOR)[2] == Scope(llm="none")


def test_only_what_was_sent_is_read(library: Library, place: Place, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The key of the mill lies under the third stone.")
    before = place.assistant.articles()
    names = ["../secret.txt", str(tmp_path / "secret.txt"), "../../secret.txt", "gone.txt"]
    *_, report = library.add(event(kept=names, refused=[["<b>.exe", "<i>no</i>"]]), EDITOR)
    assert "&lt;b&gt;.exe</b>: left out (&lt;i&gt;no" in report
    assert "1 left out." in report
    assert place.assistant.articles() == before


def test_what_holds_no_article_is_not_kept(library: Library, tmp_path: Path) -> None:
    blank = tmp_path / "uploads" / "@anna" / "blank.txt"
    blank.parent.mkdir(parents=True)
    blank.write_text("\n")
    *_, report = library.add(event(kept=["blank.txt"], refused=[]), EDITOR)
    assert "blank.txt" in report
    assert not blank.exists()


def test_a_visitor_asks_so_often(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = {"@ben": 6.5, "@anna": 0.0}
    monkeypatch.setattr(Pace, "wait", lambda _, key: waits[key])
    *_, last = desk.ask("Who received Choe?", Talk(), Scope(), "", READER)
    assert last[1].turns[0].error == "Too many questions at once: ask again in 7 s."
    *_, last = desk.ask("Who received Choe?", Talk(), Scope(), "", EDITOR)
    assert last[1].turns[0].answer


def test_a_long_question_is_shown_as_far_as_it_is_read(desk: Desk) -> None:
    *_, last = desk.ask("Who? " * 1000, Talk(), Scope(), "", EDITOR)
    assert len(last[1].turns[0].question) == 2_002
    assert "2,000" in last[1].turns[0].answer.notes[0]


def test_an_error_names_no_folder(
    desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise FootnoteError(f"{place.archive}/ledger.sqlite is damaged; ask http://127.0.0.1:9/v1.")

    monkeypatch.setattr(place.assistant, "stream", broken)
    *_, last = desk.ask("Who received Choe?", Talk(), Scope(), "", EDITOR)
    assert last[1].turns[0].error == "ledger.sqlite is damaged; ask http://127.0.0.1:9/v1."


def test_a_conversation_is_its_user_s_or_its_browser_s_alone(desk: Desk) -> None:
    *_, last = desk.ask("Who received Choe?", Talk(), Scope(), "", EDITOR)
    talk, place = last[1], f"#{last[1].id}"
    assert desk.arrive(Talk(), Scope(), "", place, EDITOR)[0] == talk
    lost = desk.arrive(Talk(), Scope(), "", place, READER)
    assert lost[0] == Talk()
    assert "not for you" in lost[3]
    nobody = Visitor("192.0.2.1")
    one, other = (asked_by(nobody, cookie=f"footnote-browser={digit * 32}") for digit in "12")
    assert desk.arrive(Talk(), Scope(), "", place, one)[0] == Talk()
    *_, last = desk.ask("Who received Choe?", Talk(), Scope(), "", one)
    place = f"#{last[1].id}"
    assert desk.arrive(Talk(), Scope(), "", place, one)[0] == last[1]
    assert desk.arrive(Talk(), Scope(), "", place, other)[0] == Talk()


def test_a_user_s_name_is_no_browser_s() -> None:
    """Whoever signs in is known by that, whatever the browser keeps."""
    with_cookie = asked_by(Visitor("", "ben"), cookie=f"footnote-browser={'1' * 32}")
    assert (owner(with_cookie), owner(READER)) == ("user ben", "user ben")

"""What is saved, copied and kept of a conversation."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

from qa import (
    Conflict,
    Hit,
    Point,
    Sentence,
    Value,
    Verdict,
)
from qa.chat import citing, files
from qa.chat.export import markdown
from qa.chat.scope import Scope
from qa.chat.turn import Turn
from tests.chat_answers import answer_of


def test_the_saved_conversation_numbers_its_footnotes_through() -> None:
    turns = [
        Turn(question="First *one*", scope=Scope(), answer=answer_of("a <b>", (0, 1))),
        Turn(question="Second", scope=Scope(), answer=answer_of("c d", (0, 1), (2, 3))),
        Turn(question="Third", scope=Scope(), error="No luck."),
    ]
    saved = markdown(turns)
    assert saved.startswith(
        "## First \\*one\\*\n\nWords [^1]\n\n"
        "*Uncertain, 50%: of ten such answers, about 5 are right*\n\n"
        "## Second\n\nWords [^2] Words [^3]"
    )
    assert re.findall(r"^\[\^(\d)\]: “(.)”", saved, re.MULTILINE) == [
        ("1", "a"), ("2", "c"), ("3", "d"),
    ]  # fmt: skip
    assert "A \\<b\\>title" in saved


def test_a_saved_conversation_keeps_what_stood_around_an_answer() -> None:
    told = answer_of("one two", (0, 3), (4, 7))
    values = tuple(Value(text=one.quote, citations=(one,)) for one in told.citations)
    told = replace(told, understood="Who *met* Anna?", conflicts=(Conflict(values=values),))
    hit = Hit(
        article_id="a.md", title="Near", outlet="Outlet", published=None, url="",
        text="Nearly\nso.", score=0.1, start=0, end=10,
    )  # fmt: skip
    silent = replace(told, answered=False, citations=(), conflicts=(), nearest=(hit,), text="No.")
    turns = [Turn(question="Who?", scope=Scope(), answer=one) for one in (told, told, silent)]
    saved = markdown(turns)
    assert saved.count("*Understood as: Who \\*met\\* Anna?*") == 3
    assert saved.count("*Uncertain, 50%:") == 2
    assert "- one [^1]\n- two [^2]\n" in saved
    assert "- one [^3]\n- two [^4]\n" in saved
    assert "What came nearest:\n\n- “Nearly so.” — Near. Outlet\n" in saved


def test_a_citation_is_copied_in_three_ways() -> None:
    text = "It cost 5 % & more_than\n{that}, *he* said."
    (record,) = answer_of(text, (0, len(text))).citations
    record = replace(record, title="Costs [rise]", url="https://example.org/a)b")
    assert citing.plain(record, record.quote) == (
        "“It cost 5 % & more_than {that}, *he* said.” Costs [rise]. Outlet, 4 September 2024. "
        "https://example.org/a)b"
    )
    assert citing.markdown(record, record.quote) == (
        "> It cost 5 % & more\\_than {that}, \\*he\\* said.\n>\n"
        "> — [Costs \\[rise\\]](<https://example.org/a)b>), Outlet, 4 September 2024"
    )
    entry = citing.bibtex(record, record.quote)
    assert entry.startswith("@online{outlet2024costs,\n  title = {{Costs [rise]}},\n")
    assert "note = {“It cost 5 \\% \\& more\\_than \\{that\\}, *he* said.”}" in entry
    assert "date = {2024-09-04}" in entry
    assert entry.count("{") - entry.count("\\{") == entry.count("}") - entry.count("\\}")
    undated = replace(record, published=None, outlet="", url="", title="…")
    assert citing.bibtex(undated, "").startswith("@online{article,")


def test_the_saved_page_numbers_through_and_holds_no_foreign_tags() -> None:
    told = replace(answer_of("a <i>", (0, 1), (2, 5)), understood="<u>Who?</u>", notes=("<s>",))
    turns = [Turn(question=f"<q>{n}", scope=Scope(outlets=("<o>",)), answer=told) for n in (1, 2)]
    saved = files.page([*turns, Turn(question="Last", scope=Scope(), error="<e>")])
    assert re.findall(r'href="#note-(\d)"', saved) == ["1", "2", "3", "4"]
    assert re.findall(r'<li id="note-(\d)" value="(\d)">“(.*?)”', saved) == [
        ("1", "1", "a"), ("2", "2", "&lt;i&gt;"), ("3", "3", "a"), ("4", "4", "&lt;i&gt;"),
    ]  # fmt: skip
    assert not re.search(r"<[iuqsoe]>|<b>", saved)


def test_a_saved_turn_comes_back_as_it_was() -> None:
    told = answer_of("one two", (0, 3), (4, 7))
    values = tuple(Value(text=one.quote, citations=(one,)) for one in told.citations)
    told = replace(
        told,
        sentences=(
            Sentence(text="One.", citations=told.citations, verdict=Verdict("partly", 0.5)),
        ),
        conflicts=(Conflict(values=values),),
        timeline=(
            Point(day=date(2024, 1, 2), when="January", citation=told.citations[0], first=""),
        ),
    )
    scope = Scope(since=date(2024, 1, 2), as_of=date(2024, 6, 3))
    turn = Turn(question="Q", scope=scope, answer=told, finished=True)
    assert Turn.of(turn.record()) == turn
    assert Turn.of(replace(turn, finished=False).record()).finished
    narrowed = replace(turn, scope=Scope(outlets=("AP",)))
    before = narrowed.record().replace('"outlets":["AP"]', '"outlet":"AP"')
    assert before != narrowed.record()
    assert Turn.of(before) == narrowed
    assert "cannot be shown" in Turn.of('{"question": 1, "from": "the future"}').error
    exported = json.loads(files.as_json([turn]))["conversation"]
    assert exported[0]["answer"]["citations"][1]["quote"] == "two"

"""An answer as a chat message: nothing in it acts, and what was said can be told apart again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.serving.api import footnoted
from qa.serving.api.calls import Json

WORDS = st.text(alphabet="ab -\n[]()!<*#x1.", max_size=60)


def answer_of(text: str, quote: str = "A quote.", **more: object) -> Json:
    citation = {
        "number": 1, "quote": quote, "title": "A title", "outlet": "The Post",
        "published": "2024-09-04", "url": "https://example.org/a",
    }  # fmt: skip
    plain = {"question": "Q?", "understood": "Q?", "notes": [], "nearest": [], "answered": True}
    return {**plain, "text": text, "citations": [citation], **more}


@given(WORDS, WORDS)
def test_what_was_said_is_told_apart_from_what_stands_below(text: str, quote: str) -> None:
    answer = answer_of(text, quote)
    message = footnoted.text(answer) + footnoted.sources(answer)
    assert footnoted.said(message) == footnoted.text(answer)


def test_a_message_without_sources_is_what_was_said() -> None:
    assert footnoted.sources(answer_of("Hello.", citations=[])) == ""
    assert footnoted.said("Hello.") == "Hello."


def test_a_source_is_one_line_with_its_address() -> None:
    line = footnoted.sources(answer_of("x", "Two\n\nlines.")).splitlines()[-1]
    assert line == ("- [1] “Two lines.” — A title. The Post, 2024-09-04. https://example.org/a")
    hidden = answer_of("x")
    hidden["citations"][0]["url"] = "javascript:alert(1)"
    assert "javascript" not in footnoted.sources(hidden)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![x](https://evil.example/x.png)", "!\\[x]\\(https://evil.example/x.png)"),
        ("<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)>"),
        ("</div><!-- x", "\\</div>\\<!-- x"),
        ("[click](https://evil.example)", "[click]\\(https://evil.example)"),
        ("He won 3 < 4, said she. [1]", "He won 3 < 4, said she. [1]"),
    ],
)
def test_what_an_article_holds_is_not_acted_on(written: str, shown: str) -> None:
    answer = answer_of(written, written)
    assert footnoted.text(answer) == shown
    assert f"“{shown}”" in footnoted.sources(answer)


def test_remarks_and_the_reading_of_the_question_stand_below() -> None:
    below = footnoted.sources(answer_of("x", understood="Who?", notes=["The model was late."]))
    assert "Understood as: Who?" in below
    assert "The model was late." in below

"""What the chat shows, without a browser: marking by offsets, escaping, links, copies, export."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import (
    Answer,
    Article,
    Conflict,
    Found,
    Head,
    Hit,
    Point,
    Sentence,
    Value,
    Verdict,
)
from qa.chat.article import whole_article
from qa.chat.conversation import conversation, latest
from qa.chat.evidence import evidence, places
from qa.chat.html import original
from qa.chat.scope import Scope
from qa.chat.shelf import filters, listing
from qa.chat.trust import trust
from qa.chat.turn import Turn
from tests.chat_answers import answer_of, article_of, plain

TEXTS = st.text(alphabet="ab <>&\"'\n{}$.—é", min_size=1, max_size=2500)


@given(TEXTS, st.data())
def test_the_mark_holds_the_quote_wherever_else_its_words_stand(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    answer = answer_of(text, (start, end))
    for whole in (False, True):
        shown = evidence(0, places(answer), "Footnote 1", article_of(text), whole=whole)
        marked = "".join(re.findall(r"<mark>(.*?)</mark>", shown))
        assert unescape(marked) == text[start:end].replace("\n", "")
        before, _, rest = shown.partition('<div class="text">')
        body = plain(rest.partition("</div>")[0])
        assert "<b>" not in before
        if whole:
            assert body == text.replace("\n", "")
        else:
            assert body.removeprefix("… ").removesuffix(" …") in text.replace("\n", "")


def test_every_number_is_a_button_and_no_number_is_made_up() -> None:
    answer = answer_of("one two", (0, 3), (4, 7))
    shown = latest([Turn(question="<i>Q</i>", scope=Scope(), answer=answer, finished=True)])
    assert "<i>" not in shown
    assert re.findall(r'class="ref"[^>]*>(\d+)<', shown) == ["1", "2"]
    half = Answer(
        question="Q", text="Words [1] and [7", short="", answered=True, confidence=0.5,
        citations=answer.citations[:1],
    )  # fmt: skip
    growing = latest([Turn(question="Q", scope=Scope(), answer=half)])
    assert re.findall(r'class="ref"[^>]*>(\d+)<', growing) == ["1"]
    assert "7" not in plain(growing)


@pytest.mark.parametrize(
    ("short", "text", "shown"),
    [
        (
            "holy battle",
            "Holy battle. [1]\n\nHe called it a holy battle. [1]",
            ["Holy battle.1", "He called it a holy battle.1"],
        ),
        (
            "holy battle",
            "He called it a holy battle. [1]",
            ["holy battle", "He called it a holy battle.1"],
        ),
        ("last May", "Last May (May 2023). [1]", ["Last May (May 2023).1"]),
        ("He fled.", "He fled. [1]", ["He fled.1"]),
        ("", "He fled. [1]", ["He fled.1"]),
    ],
)
def test_the_direct_answer_stands_once(short: str, text: str, shown: list[str]) -> None:
    answer = replace(answer_of("He fled.", (0, 8)), short=short, text=text)
    html = latest([Turn(question="Q", scope=Scope(), answer=answer)])
    said = [plain(line) for line in re.findall(r"<p[^>]*>(.*?)</p>", html.partition("<ol")[0])]
    assert said == shown


def test_what_stands_above_stands_once_beside_what_was_judged() -> None:
    judged = Verdict("supported", 0.8)
    answer = answer_of("He fled.", (0, 8))
    lead = Sentence(text="Yes.", citations=answer.citations)
    told = Sentence(text="He got away.", citations=answer.citations, verdict=judged)
    answer = replace(
        answer, short="Yes", text="Yes. [1]\n\nHe got away. [1]", sentences=(lead, told)
    )
    html = latest([Turn(question="Q", scope=Scope(), answer=answer)])
    assert plain(html).count("Yes.") == plain(html).count("He got away.") == 1
    quote = Sentence(text="He fled.", citations=answer.citations)
    sides = tuple(Value(text=one, citations=answer.citations) for one in ("fled", "stayed"))
    differing = replace(
        answer,
        text="He fled. [1]\n\nHe got away. [1]",
        sentences=(quote, told),
        conflicts=(Conflict(values=sides),),
    )
    html = latest([Turn(question="Q", scope=Scope(), answer=differing)])
    said = html.partition('<div class="answer">')[2].partition("</div>")[0]
    assert "He fled." not in plain(said)
    assert "He got away." in plain(said)


def test_only_the_latest_turn_is_rendered_while_it_grows() -> None:
    said = Turn(question="First", scope=Scope(), answer=answer_of("one", (0, 3)), finished=True)
    grows = Turn(question="Second", scope=Scope())
    before, now = conversation([said, grows])
    assert ("First" in before, "Second" in before) == (True, False)
    assert now == latest([said, grows])
    assert ("First" in now, "Second" in now) == (False, True)
    assert conversation([]) == ("", "")


def test_an_article_that_changed_shows_the_quote_as_it_was() -> None:
    answer = answer_of("The old words.", (0, 14))
    shown = evidence(0, places(answer), "Footnote 1", article_of("Quite other words."))
    assert "has changed" in shown
    assert re.findall(r"<mark>(.*?)</mark>", shown) == ["The old words."]


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//example.org/x",
     "http:///x", "http://[broken", "file:///etc/passwd", "java\nscript:alert(1)"],
)  # fmt: skip
def test_only_web_addresses_are_linked(url: str) -> None:
    assert original(url) == ""


def test_a_link_cannot_break_out_of_its_attribute() -> None:
    link = original('https://example.org/"onmouseover="x')
    assert link.count('"') == 6
    assert "Original at example.org" in link


def test_what_is_known_of_a_citation_stands_under_its_title() -> None:
    told = answer_of("one two", (0, 3))
    known = replace(
        told.citations[0], speaker="<b>Ada", occasion="on X", event="March 2023",
        copies=("b.md", "c.md"), warnings=("Its date may be <wrong>.",),
    )  # fmt: skip
    told = replace(told, citations=(known,), sources=1, articles=3)
    html = latest([Turn(question="Q", scope=Scope(), answer=told, finished=True)])
    assert "<b>Ada" not in html
    said = plain(html)
    assert "Said by <b>Ada, on X · Happened March 2023 · Repeated by 2 articles" in said
    assert "Its date may be <wrong>." in said
    assert "3 articles, 1 independent source · Uncertain, 50%: of ten such answers" in said
    shown = plain(evidence(0, places(told), "Footnote 1", article_of("one two")))
    assert "Said by <b>Ada, on X" in shown


def test_a_timeline_is_drawn_point_by_point() -> None:
    told = answer_of("one two", (0, 3), (4, 7))
    days = (date(2023, 3, 1), date(2023, 6, 12))
    points = tuple(
        Point(day=day, when=f"<i>{day:%B}", citation=citation, first="Wire & Co")
        for day, citation in zip(days, told.citations, strict=True)
    )
    html = latest([Turn(question="Q", scope=Scope(), answer=replace(told, timeline=points))])
    course = re.findall(r'<ol class="course".*?</ol>', html)[0]
    assert re.findall(r'datetime="([^"]*)"', course) == ["2023-03-01", "2023-06-12"]
    assert re.findall(r'class="ref"[^>]*>(\d+)<', course) == ["1", "2"]
    assert "<i>" not in course
    assert plain(course).count("First reported by Wire & Co") == 2


def _head(article: Article) -> Head:
    return Head(
        id=article.id,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        warnings=article.warnings,
    )


def test_an_article_with_a_doubtful_date_is_marked_on_its_card_and_its_page() -> None:
    odd = replace(article_of("Fog."), warnings=("Its date may be wrong.",))
    assert (
        plain(
            listing(Found(total=2, named=2, heads=(_head(odd), _head(article_of("Sun.")))), 2)
        ).count("Its date may be wrong.")
        == 1
    )
    assert "Its date may be wrong." in plain(whole_article(odd, may_change=False))


def test_the_day_that_is_asked_for_is_part_of_the_scope() -> None:
    scope = Scope(as_of=date(2024, 6, 3))
    assert str(scope) == "what was known on 3 June 2024"
    assert scope.asked()["as_of"] == date(2024, 6, 3)
    assert scope.filters()["until"] == date(2024, 6, 3)
    assert replace(scope, until=date(2024, 2, 1)).filters()["until"] == date(2024, 2, 1)


def test_what_narrows_is_shown_and_taken_off_one_by_one() -> None:
    scope = Scope(llm="none").of("Herald", "Courier").within(date(2024, 1, 1), date(2024, 2, 1))
    assert str(scope) == "Herald or Courier, 1 January 2024 to 1 February 2024"
    assert scope.filters() == {
        "outlet": ("Herald", "Courier"), "article_ids": None,
        "since": date(2024, 1, 1), "until": date(2024, 2, 1),
    }  # fmt: skip
    html = filters(["Herald", "Sund & Co"], scope)
    assert re.findall(r'data-kind="(\w+)"', html) == ["outlet", "outlet", "period", "all"]
    assert 'value="Herald"' not in html.partition("<select")[2]  # not to be chosen again
    one = scope.about("a.md", "A <b>").about("b.md", "B").about("a.md", "A <b>")
    assert str(one) == "“B” or “A <b>”"
    assert "<b>" not in filters([], one)
    assert one.asked()["article_ids"] == ("b.md", "a.md")
    assert str(one.of("Herald")) == "Herald"
    left = scope
    for chip in scope.chips():
        left = left.without(chip.kind, chip.value)
    assert left == scope.without("all") == Scope(llm="none")


def test_a_refusal_marks_the_words_it_looked_for_and_names_what_is_missing() -> None:
    text = "Nobody won. " * 40 + "The team of <Ardal> won chess games in 1998."
    hit = Hit(
        article_id="a.md", title="Games", outlet="", published=None, url="", text=text,
        score=0.1, start=0, end=len(text),
    )  # fmt: skip
    silent = Answer(
        question="Which team of Ada Renner won the chess game of Ardal in Budapest in 2019?",
        text="No.", short="", answered=False, confidence=0.1, nearest=(hit,),
    )  # fmt: skip
    html = latest([Turn(question="Q", scope=Scope(), answer=silent, finished=True)])
    marks = [unescape(mark) for mark in re.findall(r"<mark>(.*?)</mark>", html)]
    assert {"team", "Ardal", "won", "chess", "games"} <= set(marks)
    assert plain(html.partition('class="lacks">')[2].partition("</span>")[0]) == (
        "Not said there: Ada Renner, Budapest, 2019"
    )
    assert "<Ardal>" not in html
    assert "Search instead" in html


def test_the_whole_article_marks_all_quotes_of_an_answer_one_of_them_strongly() -> None:
    text = "One <b>two</b> three.\nFour five six seven."
    answer = answer_of(text, (4, 14), (22, 31), (27, 35))
    shown = evidence(0, places(answer), "Footnote 2", article_of(text), whole=True)
    strong = [unescape(one) for one in re.findall(r"<mark>(.*?)</mark>", shown)]
    quiet = [unescape(one) for one in re.findall(r'<mark class="also">(.*?)</mark>', shown)]
    assert "".join(strong) == text[22:31] == "Four five"
    assert quiet == [text[4:14], text[31:35]]
    assert re.findall(r'aria-label="(Previous|Next): Footnote (\d)"', shown) == [
        ("Previous", "1"), ("Next", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("confidence", "said"),
    [
        (0.97, "Well supported, 97%: of twenty such answers, at most about one is wrong"),
        (0.86, "Well supported, 86%: of ten such answers, about 9 are right"),
        (0.7, "Likely, 70%: of ten such answers, about 7 are right"),
        (0.3, "Uncertain, 30%: of ten such answers, about 3 are right"),
    ],
)
def test_confidence_is_said_in_words_that_fit_the_number(confidence: float, said: str) -> None:
    assert trust(confidence) == said

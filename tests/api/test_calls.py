"""The calls: what they return is the library's own, said in JSON, and tells nothing of the disk."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

import pytest
from pydantic import ValidationError

from qa import Assistant
from qa.serving.api.calls import Calls, Json, NoSuchArticle
from tests.api.conftest import ASKED, FOLLOW_UP, SILENT, Site


@pytest.fixture(scope="module")
def direct(seeds: Assistant) -> Site:
    return Site(seeds, "")


def as_said(value: object) -> Json:
    said: Json = json.loads(json.dumps(value, default=date.isoformat))
    return said


def test_an_answer_is_the_librarys_own(direct: Site) -> None:
    for asked in (ASKED, SILENT):
        assert direct.direct("ask", question=asked) == as_said(asdict(direct.assistant.ask(asked)))
    where = {"outlet": "AFP via The Citizen", "since": "2024-01-01", "until": "2024-12-31"}
    answer = direct.direct("ask", question=ASKED, **where)
    assert answer["answered"]
    assert {one["outlet"] for one in answer["citations"]} == {where["outlet"]}


def test_a_follow_up_leans_on_the_history(direct: Site) -> None:
    history = [
        {"role": "user", "content": ASKED},
        {"role": "assistant", "content": direct.direct("ask", question=ASKED)["text"]},
    ]
    alone = direct.direct("ask", question=FOLLOW_UP)
    then = direct.direct("ask", question=FOLLOW_UP, history=history)
    assert alone["understood"] == FOLLOW_UP
    assert "Choe Son Hui" in then["understood"]


def test_passages_and_articles_lead_to_each_other(direct: Site) -> None:
    (hit,) = direct.direct("search", query="ballistic missiles", top_k=1)["hits"]
    article = direct.direct("article", article_id=hit["article_id"])
    assert article["text"][hit["start"] : hit["end"]] == hit["text"]
    listed = direct.direct("articles")
    assert listed["total"] == len(listed["articles"]) == 5
    assert article == next(
        {**one, "text": article["text"]} for one in listed["articles"] if one["id"] == article["id"]
    )
    page = direct.direct("articles", offset=1, limit=2)
    assert page == {"total": 5, "articles": listed["articles"][1:3]}


def test_a_sentence_is_checked_as_the_library_does(direct: Site) -> None:
    quotes = ["Sergei Lavrov met Choe Son Hui in Moscow."]
    right = direct.direct("check", sentence="Lavrov met Choe Son Hui in Moscow.", quotes=quotes)
    wrong = direct.direct("check", sentence="Lavrov met 40 bankers in Lima.", quotes=quotes)
    assert (right["label"], wrong["label"]) != (wrong["label"], right["label"])
    assert right["label"] == "supported"
    assert wrong["label"] != "supported"
    assert wrong["reason"]


def test_nothing_tells_where_the_files_lie(direct: Site, seeds_archive: object) -> None:
    told = [
        direct.direct("ask", question=ASKED),
        direct.direct("articles"),
        direct.direct("search", query="missiles"),
        *(direct.direct("article", article_id=one.id) for one in direct.assistant.articles()),
    ]
    written = json.dumps(told, allow_nan=False)
    for article in direct.assistant.articles():
        assert article.path not in written
    assert str(seeds_archive) not in written
    with pytest.raises(NoSuchArticle) as error:
        direct.direct("article", article_id="../../etc/passwd")
    assert str(seeds_archive) not in str(error.value)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask", {}),
        ("ask", {"question": " \n "}),
        ("check", {"sentence": "a" * 2001, "quotes": ["x"]}),
        ("ask", {"question": "\ud800"}),
        ("ask", {"question": ASKED, "llm": "another"}),
        ("ask", {"question": ASKED, "history": [{"role": "system", "content": "x"}]}),
        ("ask", {"question": ASKED, "history": "x"}),
        ("search", {"query": ASKED, "top_k": 101}),
        ("articles", {"limit": 0}),
        ("check", {"sentence": "x", "quotes": ["x"] * 21}),
    ],
)
def test_what_cannot_be_called_is_not(seeds: Assistant, name: str, arguments: Json) -> None:
    with pytest.raises(ValidationError):
        next(Calls(seeds).all()[name].steps(arguments))


def test_a_long_question_is_cut_with_a_notice(direct: Site) -> None:
    answer = direct.direct("ask", question=f"{ASKED} " * 10_000)
    assert len(answer["question"]) == 2000
    assert "too long" in answer["notes"][0]

"""The Python call: what goes in, what comes out, and what always holds."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import qa
from qa import Answer, Assistant, Config, FootnoteError, read_article
from qa.answering import wording
from qa.answering.finishing import rendered
from qa.answering.hearing import heard
from qa.errors import ArticleNotFound, SettingError
from tests.conftest import SEEDS

QUESTIONS = (
    "Who met Lavrov in Moscow?",
    "How many artillery rounds did North Korea transfer to Russia?",
    "Which countries signed the joint statement?",
    "What happened in Seoul?",
    "Summarise the articles",
    "Who published the article about the ten countries?",
    "How many articles do you have?",
    "What did Luxon and Yoon condemn?",
    "Who won the football match?",
    "Hello",
    "",
    "???",
    "[1] [2] <b>x</b> " + "very " * 3000,
)


def holds(assistant: Assistant, answer: Answer) -> None:
    """What is true of every answer."""
    marks = [int(number) for number in re.findall(r"\[(\d+)\]", answer.text)]
    assert sorted(set(marks)) == [c.number for c in answer.citations]
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    for c in answer.citations:
        article = assistant.article(c.article_id)
        assert c.quote == article.text[c.start : c.end] != ""
        assert (c.title, c.outlet, c.published, c.url) == (
            article.title,
            article.outlet,
            article.published,
            article.url,
        )
    assert 0 <= answer.confidence <= 1
    assert answer.conflicts == ()
    assert answer.text == rendered(answer.sentences)
    cited = {c for sentence in answer.sentences for c in sentence.citations}
    assert cited == set(answer.citations)
    for sentence in answer.sentences:
        assert bool(sentence.citations) == bool(sentence.verdict)
    if not answer.answered:
        assert not answer.citations
        assert not answer.short


@pytest.mark.parametrize("question", QUESTIONS)
def test_quotes_are_exact_and_marks_agree_with_citations(seeds: Assistant, question: str) -> None:
    answer = seeds.ask(question)
    assert answer.question == heard(question)
    holds(seeds, answer)


def test_the_right_sentence_is_quoted(seeds: Assistant) -> None:
    answer = seeds.ask("How many artillery rounds did North Korea transfer to Russia?")
    assert answer.answered
    assert "3 million" in answer.citations[0].quote
    assert answer.citations[0].outlet == "Ukrinform"


def test_silence_is_said_and_shows_what_came_nearest(seeds: Assistant) -> None:
    answer = seeds.ask("Who won the football match between Arsenal and Chelsea?")
    assert not answer.answered
    assert answer.text == wording.REFUSAL
    assert answer.nearest
    for hit in answer.nearest:
        assert hit.text == seeds.article(hit.article_id).text[hit.start : hit.end]


def test_metadata_archive_and_digest_routes(seeds: Assistant) -> None:
    published = seeds.ask("When was the article about Luxon published?")
    assert "4 September 2024" in published.text
    assert published.citations[0].outlet == "AP"
    assert "5 articles" in seeds.ask("How many articles do you have?").text
    assert "Ukrinform" in seeds.ask("Which outlets are in the archive?").text
    digest = seeds.ask("What happened in Moscow?")
    assert digest.answered
    # The label leaves out a day that the dateline says; where it says none, the label does.
    assert "AFP via The Citizen: MOSCOW, Jan. 16, 2024 —" in digest.text
    assert "16 January 2024" not in digest.text
    for citation in digest.citations:
        assert citation.quote in seeds.article(citation.article_id).text


def test_a_follow_up_is_understood(seeds: Assistant) -> None:
    first = seeds.ask("When did Borrell visit Seoul?")
    history = [
        {"role": "user", "content": first.question},
        {"role": "assistant", "content": first.text},
    ]
    answer = seeds.ask("Whom did he meet there?", history)
    assert answer.answered
    assert {c.article_id for c in answer.citations} == {"eu-seoul-strategic-dialogue.md"}


def test_filters_choose_what_may_answer(seeds: Assistant) -> None:
    answer = seeds.ask("Summarise the articles", outlet="ap")
    assert {c.outlet for c in answer.citations} == {"AP"}
    hits = seeds.search("weapons", since="2024-09-01", until=date(2024, 9, 30))
    assert {hit.outlet for hit in hits} == {"AP"}
    nothing = seeds.ask("Who met whom?", since="2030-01-01")
    assert not nothing.answered
    assert nothing.text == wording.EMPTY_SELECTION
    with pytest.raises(SettingError, match="2024-09-04"):
        seeds.ask("Who?", since="last week")


def test_search_returns_as_many_as_asked_best_first(seeds: Assistant) -> None:
    everything = seeds.search("ballistic missiles", top_k=1000)
    assert len(everything) >= 5
    scores = [hit.score for hit in everything]
    assert scores == sorted(scores, reverse=True)
    assert len({(hit.article_id, hit.start) for hit in everything}) == len(everything)
    assert len(seeds.search("ballistic missiles", top_k=3)) == 3
    for hit in everything:
        assert hit.text == seeds.article(hit.article_id).text[hit.start : hit.end]
    assert seeds.search("   ") == []


def test_articles_newest_first_and_removal(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "archive") as assistant:
        assistant.ingest(SEEDS)
        days = [article.published for article in assistant.articles()]
        dated = [day for day in days if day]
        assert dated == sorted(dated, reverse=True)
        assert days == dated + [None] * (len(days) - len(dated))
        gone = "ten-countries-joint-statement.md"
        assistant.remove(gone)
        with pytest.raises(ArticleNotFound):
            assistant.article(gone)
        with pytest.raises(ArticleNotFound):
            assistant.remove(gone)
        assert gone not in {hit.article_id for hit in assistant.search("joint statement", 100)}


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "new" / "archive") as assistant:
        answer = assistant.ask("Who met Lavrov?")
        assert not answer.answered
        assert answer.text == wording.EMPTY_ARCHIVE
        assert assistant.articles() == []
        assert assistant.search("missiles") == []
        assert assistant.suggestions() == []


def test_the_stream_grows_to_the_whole_answer(seeds: Assistant) -> None:
    question = "Summarise the articles"
    growing = list(seeds.stream(question))
    whole = seeds.ask(question)
    assert growing[-1] == whole
    assert len(growing) > 1
    for answer in growing:
        assert whole.text.startswith(answer.text)
        holds(seeds, answer)


def test_async_forms_agree(seeds: Assistant) -> None:
    async def both() -> tuple[Answer, list[Answer]]:
        question = "Who met Lavrov in Moscow?"
        return await seeds.aask(question), [a async for a in seeds.astream(question)]

    asked, streamed = asyncio.run(both())
    assert streamed[-1] == asked


def test_many_threads_get_the_same_answers(seeds: Assistant) -> None:
    questions = [q for q in QUESTIONS[:8] for _ in range(4)]
    expected = {q: seeds.ask(q) for q in QUESTIONS[:8]}
    with ThreadPoolExecutor(8) as pool:
        for question, answer in zip(questions, pool.map(seeds.ask, questions), strict=True):
            assert answer == expected[question]


def test_an_articles_own_brackets_do_not_pass_for_footnotes(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Lighthouse [9] relit\noutlet: Post [3]\n---\n"
        "The lighthouse at Port Venn was relit [2] on Friday by "
        "keeper Mara Osk [17]. It had been dark for nine years.\n",
        "utf-8",
    )
    with Assistant.open(tmp_path / "archive") as assistant:
        assistant.ingest(tmp_path / "a.md")
        answer = assistant.ask("Who relit the lighthouse at Port Venn?")
        assert answer.answered
        assert "[17]" in answer.citations[0].quote
        holds(assistant, answer)
        for question in (
            "Who published the article about the lighthouse?",
            "What is the latest article?",
            "List all articles",
            "Which outlets are in the archive?",
            "Summarise the articles",
        ):
            holds(assistant, assistant.ask(question))


def test_suggestions_come_from_the_articles(seeds: Assistant) -> None:
    questions = seeds.suggestions(4)
    assert len(questions) == 4
    assert len(set(questions)) == 4
    assert all(seeds.ask(question).answered for question in questions)


def test_a_comparison_is_among_the_suggestions(seeds: Assistant) -> None:
    question = "Which outlets wrote about North Korea?"
    assert question in seeds.suggestions(8)
    assert len({one.outlet for one in seeds.ask(question).citations}) > 1


def test_what_is_offered_to_go_on_with_is_answered_by_new_words(seeds: Assistant) -> None:
    answer = seeds.ask("Which outlets wrote about North Korea?")
    offered = list(seeds.follow_ups(answer, 2))
    assert offered
    assert answer.question not in offered
    known = {citation.quote for citation in answer.citations}
    for question in offered:
        found = seeds.ask(question)
        assert found.answered
        assert {citation.quote for citation in found.citations} - known
    hidden = seeds.follow_ups(answer, until="1990-01-01")
    assert list(hidden) == []


def test_public_names() -> None:
    assert set(qa.__all__) == {
        "Answer",
        "Article",
        "Assistant",
        "Citation",
        "Config",
        "Conflict",
        "Conversations",
        "Feedback",
        "FileResult",
        "Filter",
        "FootnoteError",
        "Found",
        "Head",
        "Hit",
        "IngestReport",
        "Kept",
        "LeftOut",
        "Overview",
        "Point",
        "Removed",
        "Result",
        "SUFFIXES",
        "Sentence",
        "Skipped",
        "Sought",
        "Survey",
        "Trouble",
        "VERSIONS",
        "Value",
        "Verdict",
        "check",
        "keep_earlier",
        "month_of",
        "read_article",
        "written",
    }
    assert qa.read_article is read_article
    assert all(getattr(qa, name) for name in qa.__all__)


@pytest.mark.parametrize(
    ("name", "value"),
    [("FOOTNOTE_THRESHOLD", "high"), ("FOOTNOTE_THRESHOLD", "2"), ("FOOTNOTE_CHROMA_URL", "here")],
)
def test_a_bad_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(FootnoteError, match=name) as caught:
        Config.from_environment({name: value})
    assert "\n" not in str(caught.value)


def test_the_threshold_is_a_setting(seeds_archive: Path) -> None:
    question = "How many artillery rounds did North Korea transfer to Russia?"
    for threshold, answered in ((1.0, False), (0.0, True)):
        config = Config(archive=seeds_archive, threshold=threshold)
        with Assistant.open(config=config, read_only=True) as assistant:
            assert assistant.ask(question).answered is answered

"""Questions that yes or no would answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa import Assistant
from qa.chat.conversation import past
from qa.chat.scope import Scope
from qa.chat.turn import Turn
from qa.checking.statements import statement_of, yes_or_no

DATA = Path(__file__).parents[1] / "data"
QUESTIONS = [json.loads(line) for line in (DATA / "yes-no.jsonl").read_text().splitlines()]


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Did the council approve the budget?", "so the council approve the budget"),
        ("So, was Lena Holm sent to Orm?", "so Lena Holm was sent to Orm"),
        ("Is there a bridge in Vell?", "so there is a bridge in Vell"),
        ("Will the bow be raised?", "so the bow will be raised"),
        ("Who approved the budget?", None),
        ("Is it a ship or a lighthouse?", None),
    ],
)
def test_a_question_becomes_a_statement(question: str, statement: str | None) -> None:
    assert statement_of(question) == statement


def test_only_what_asks_for_yes_or_no_is_decided() -> None:
    with pytest.raises(ValueError, match="does not ask for yes or no"):
        yes_or_no("Who sang?", ["Nobody sang."])


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Has the Tern been scrapped?", "The Tern was scrapped in May.", "yes"),
        ("Has the Tern been scrapped?", "The Tern has not been scrapped.", "no"),
        ("Has the Tern been scrapped?", "The Tern will be scrapped in June.", "unsaid"),
        ("Has the Tern been scrapped?", "The Tern is to be scrapped in June.", "unsaid"),
        ("Will the Tern be repaired?", "The Tern would have been repaired for less.", "unsaid"),
        ("Is the pilot in prison?", "The pilot faces up to four years in prison.", "unsaid"),
        ("Did Orla Venn vote for the dam?", "Orla Venn voted for the dam.", "yes"),
        ("Did Orla Venn vote for the dam?", "Orla Venn voted against the dam.", "unsaid"),
        ("Did Orla Venn vote for the dam?", "Ida Roth voted for the dam.", "unsaid"),
        ("Was the radar working?", "The radar was not working.", "no"),
        ("Was the radar working?", "The firm declined to say whether the radar worked.", "unsaid"),
        ("Did the nurses get more money?", "Kell ruled out more money for the nurses.", "unsaid"),
        ("Was the pilot of the Tern fined?", "The pilot of the Auk was not fined.", "unsaid"),
        ("Was the minister fined?", "The minister's brother was fined.", "unsaid"),
        ("Did the mayor resign?", "The mayor denied that he had resigned.", "unsaid"),
        ("Did the union accept the offer?", "The union rejected the offer.", "no"),
        ("Did the union accept the offer?", "Members urged the union to accept it.", "unsaid"),
    ],
)
def test_what_is_planned_or_doubted_or_of_another_decides_nothing(
    question: str, sentence: str, said: str
) -> None:
    assert yes_or_no(question, [sentence])[0] == said


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    assistant = Assistant.open(tmp_path_factory.mktemp("news"))
    assistant.ingest(DATA / "news")
    return assistant


@pytest.mark.parametrize(
    ("question", "short", "deciding"),
    [
        ("Did Corvin's shares rise?", "No", "Corvin's shares fell 2.1 percent."),
        ("Was anybody killed in the storm?", "No", "Nobody was killed."),
        ("Is the Merrow Bridge free now?", "Yes", "From Tuesday the bridge is free."),
    ],
)
def test_the_answer_shows_the_sentence_that_decides(
    news: Assistant, question: str, short: str, deciding: str
) -> None:
    answer = news.ask(question)
    assert answer.short == short
    assert answer.sentences[0].text == f"{short}."
    (citation,) = answer.citations
    assert citation.quote == deciding
    assert citation.quote == news.article(citation.article_id).text[citation.start : citation.end]


def test_what_no_sentence_decides_gets_no_yes_and_no_no(news: Assistant) -> None:
    for question in ("Is Pirjo Aalto married?", "Had the driver of the coach been drinking?"):
        assert news.ask(question).short not in {"Yes", "No"}


def test_the_confidence_is_that_of_the_sentence(news: Assistant) -> None:
    sure, less = (
        news.ask(question).confidence
        for question in ("Did Larkfield Systems apologise?", "Will the workers be paid?")
    )
    assert less < 0.65 < sure


def test_yes_stands_once(news: Assistant) -> None:
    answer = news.ask("Did Larkfield Systems apologise?")
    assert answer.text.count("Yes") == 1
    turn = Turn(question=answer.question, scope=Scope(), answer=answer, finished=True)
    shown = past([turn])
    assert shown.count(">Yes") == 1


@pytest.mark.figures
def test_how_often_the_decision_is_right(news: Assistant) -> None:
    """A decision that is wrong is far worse than the sentence alone."""
    got = [(row["answer"], news.ask(row["question"]).short.lower()) for row in QUESTIONS]
    decided = [(want, said) for want, said in got if said in {"yes", "no"}]
    right = sum(want == said for want, said in decided)
    print(f"decided {len(decided)} of {len(got)}, right {right}")
    assert right / len(decided) >= 0.9
    assert right / sum(want != "unsaid" for want, _ in got) >= 0.35

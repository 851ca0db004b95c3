"""Which route a question takes, and what it asks for."""

from __future__ import annotations

import pytest

from qa.answering.gathering.evidence import Evidence
from qa.answering.gathering.usable import usable
from qa.answering.question import (
    AboutArchive,
    AboutArticle,
    Digest,
    Fact,
    Intent,
    Question,
    SmallTalk,
)
from qa.answering.understanding.followups import History
from qa.answering.understanding.smalltalk import without_greeting
from qa.answering.understanding.understand import as_fact, understand
from qa.language.asking import asks_for_list
from qa.language.kinds import Kind, kind_of, offers
from qa.records import Filter
from qa.retrieval.fusion import reciprocal_rank_fusion

OUTLETS = ["AP", "AFP via The Citizen", "The New Voice of Ukraine"]
HISTORY = [
    {"role": "user", "content": "Who met Lavrov in Moscow?"},
    {"role": "assistant", "content": "Lavrov received Choe Son Hui in Moscow. [1]"},
]


def understood(question: str, history: History | None = None) -> Question:
    return understand(question, history, Filter(), OUTLETS)


def intent(question: str, history: History | None = None) -> Intent:
    return understood(question, history).intent


def test_fusion_adds_one_over_k_plus_rank() -> None:
    fused = dict(reciprocal_rank_fusion([["a", "b"], ["b", "c"]], k=60))
    assert fused == pytest.approx({"a": 1 / 61, "b": 1 / 62 + 1 / 61, "c": 1 / 62})
    assert [id_ for id_, _ in reciprocal_rank_fusion([["a", "b"], ["b", "c"]])] == ["b", "a", "c"]


@pytest.mark.parametrize("said", ["Hi", "hello!", "Hey there", "Thanks a lot.", "What can you do?"])
def test_small_talk_gets_a_line(said: str) -> None:
    assert isinstance(intent(said), SmallTalk)


@pytest.mark.parametrize(
    "said", ["Who said hello to Luxon?", "hi, who met Lavrov?", "???", "help Ukraine"]
)
def test_a_question_is_not_small_talk(said: str) -> None:
    assert not isinstance(intent(said), SmallTalk)


@pytest.mark.parametrize(
    "question",
    [
        "How many articles do you have?",
        "Which outlets are in the archive?",
        "What is the latest article?",
        "List all articles",
        "What period do the articles cover?",
    ],
)
def test_questions_about_the_archive(question: str) -> None:
    assert isinstance(intent(question), AboutArchive)


@pytest.mark.parametrize(
    "question",
    ["How many articles of the treaty were broken?", "Which sources confirmed the deal?"],
)
def test_questions_that_only_sound_like_it(question: str) -> None:
    assert isinstance(intent(question), Fact)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Do you have anything from AFP?", ["AFP via The Citizen"]),
        ("how many articles from the citizen", ["AFP via The Citizen"]),
        ("List the New Voice of Ukraine's articles", ["The New Voice of Ukraine"]),
        ("AP articles?", ["AP"]),
    ],
)
def test_what_there_is_of_an_outlet(question: str, named: list[str]) -> None:
    asked = intent(question)
    assert isinstance(asked, AboutArchive)
    assert list(asked.outlets) == named


@pytest.mark.parametrize("question", ["Is there an ap for it?", "What did AFP say of the talks?"])
def test_an_outlet_may_be_named_in_another_question(question: str) -> None:
    assert not isinstance(intent(question), AboutArchive)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who published the article about the Seoul summit?", "outlet"),
        ("Which outlet reported on Borrell's visit?", "outlet"),
        ("When was the story about the ambassador published?", "published"),
        ("Who wrote the article on the Moscow talks?", "byline"),
        ("Which articles mention Choe Son Hui?", "mention"),
        ("What is the headline of the story about Luxon?", "title"),
        ("Where can I read the article about the ten countries?", "url"),
    ],
)
def test_questions_about_an_article(question: str, asked: str) -> None:
    about = intent(question)
    assert isinstance(about, AboutArticle)
    assert about.asked == asked


@pytest.mark.parametrize(
    "question",
    [
        "When did Luxon take office?",
        "Who signed the pact?",
        "What did the statement say?",
        "What agency is cited by The New Voice of Ukraine?",
        "What link does the report see between Russia and North Korea?",
        "Who won the title on Wednesday?",
        "Which organisation did Borrell represent?",
    ],
)
def test_questions_about_the_news_are_not_about_an_article(question: str) -> None:
    assert isinstance(intent(question), Fact)


@pytest.mark.parametrize("question", ["What happened in Seoul?", "Summarise the talks", "tl;dr"])
def test_digests(question: str) -> None:
    assert isinstance(intent(question), Digest)


@pytest.mark.parametrize(
    "question",
    [
        "What new missile did North Korea test?",
        "When did the UN review the sanctions?",
        "What is the latest missile called?",
        "What is the news agency of Ukraine?",
    ],
)
def test_not_digests(question: str) -> None:
    assert isinstance(intent(question), Fact)


@pytest.mark.parametrize(
    ("asked", "question"),
    [("outlet", "Who published it?"), ("published", "When was it published?")],
)
def test_it_is_the_article_of_the_answer_before(asked: str, question: str) -> None:
    about = intent(question, HISTORY)
    assert isinstance(about, AboutArticle)
    assert about.asked == asked
    assert not isinstance(intent(question), AboutArticle)


@pytest.mark.parametrize(
    ("question", "topic"),
    [("What happened in the US?", {"us"}), ("What happened in May?", {"may"})],
)
def test_names_that_look_like_function_words(question: str, topic: set[str]) -> None:
    assert intent(question) == Digest(frozenset(topic))


def test_a_greeting_in_front_of_a_question_is_cut() -> None:
    assert without_greeting("Thanks, and who met Lavrov?") == "who met Lavrov?"
    assert without_greeting("Who met Lavrov?") == "Who met Lavrov?"


def test_the_topic_of_a_digest() -> None:
    asked = intent("Please give me a summary of the Moscow talks")
    assert asked == Digest(frozenset({"moscow", "talk"}))
    assert intent("What happened?") == Digest()


@pytest.mark.parametrize(
    "question",
    ["Which countries signed the statement?", "Who all condemned it?", "List the signatories"],
)
def test_lists(question: str) -> None:
    assert asks_for_list(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which country signed first?",
        "Who met Lavrov?",
        "What did the residents complain about?",
        "What does the city hurry to launch?",
    ],
)
def test_not_lists(question: str) -> None:
    assert not asks_for_list(question)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When was the test?", Kind.TIME),
        ("How many rounds?", Kind.QUANTITY),
        ("In which city did they meet?", Kind.PLACE),
        ("Whom did Borrell meet?", Kind.PERSON),
        ("Why was the ambassador summoned?", Kind.REASON),
        ("What is Hwasong-19?", Kind.OTHER),
    ],
)
def test_kinds(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind


def test_a_sentence_offers_only_what_the_question_does_not_hold() -> None:
    assert offers(Kind.PERSON, "Alder met Venn.", "Whom did Alder meet?")
    assert not offers(Kind.PERSON, "Alder went home.", "Whom did Alder meet?")
    assert offers(Kind.QUANTITY, "They sent 40 lorries.", "How many lorries?")
    assert not offers(Kind.QUANTITY, "They sent lorries.", "How many lorries?")


def test_what_two_outlets_say_may_be_two_things() -> None:
    outlets = ["AP", "Northwire"]
    one, both = (
        understand(f"How many went, according to {who}?", None, Filter(), outlets)
        for who in ("AP", "the AP report and the Northwire report")
    )
    assert isinstance(one.intent, Fact)
    assert not one.fact.several
    assert both.fact.several


@pytest.mark.parametrize(
    ("question", "sentence", "short", "expected"),
    [
        ("How did they work?", "They wrote on paper, as before.", "paper", "They wrote on paper"),
        ("How did they work?", "All the doctors wrote on sheets of paper.", "on sheets", ""),
        ("How did they vote?", "It passed by 31 to 24, he said.", "31 to 24", "31 to 24"),
        ("Who took it?", "Ahn Young-joon took the picture.", "Young-joon", "Ahn Young-joon"),
        ("How many years did it take?", "It took nearly 81 years to build it.", "81", "nearly 81"),
        ("How long did it take?", "It took nearly 81 years to build it.", "81", "nearly 81 years"),
        (
            "Why is he leaving?",
            "The old singer leaves the opera of the town this winter for reasons of health.",
            "reasons of health",
            "reasons of health",
        ),
    ],
)  # fmt: skip
def test_a_short_answer_is_as_whole_as_its_question_wants(
    question: str, sentence: str, short: str, expected: str
) -> None:
    found = Evidence("a", 0, len(sentence), sentence, short, 0.9)
    assert [one.short for one in usable(as_fact(understood(question)), [found])] == [expected]

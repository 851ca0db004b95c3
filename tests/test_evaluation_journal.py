"""The journal of an evaluation: a run that was cut goes on where it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from qa.errors import FootnoteError, SettingError
from qa.evaluation import evaluate
from tests.known_answers import ANSWERS, ARTICLES, GOLD, counting


def test_a_cut_run_goes_on_where_it_was(tmp_path: Path) -> None:
    journal = tmp_path / "run.journal"
    asked: list[str] = []

    def answer(question: str) -> SimpleNamespace:
        asked.append(question)
        if len(asked) == 5:
            raise KeyboardInterrupt
        return ANSWERS[question]

    with pytest.raises(KeyboardInterrupt):
        evaluate(answer, GOLD, articles=ARTICLES, journal=journal)
    done = journal.read_text("utf-8").count('"outcome"')
    assert 0 < done < len(GOLD)
    with journal.open("a", encoding="utf-8") as half:
        half.write('\n{"key": "cut in the midd')
    before = len(asked)
    report = evaluate(answer, GOLD, articles=ARTICLES, journal=journal)
    assert len(asked) - before == 1 + len(GOLD) - done  # the warm-up, and what was missing
    assert report.about["asked_now"] == len(GOLD) - done
    whole = evaluate(counting([]), GOLD, articles=ARTICLES)
    assert [one.marks for one in report.outcomes] == [one.marks for one in whole.outcomes]


def test_what_failed_is_asked_again(tmp_path: Path) -> None:
    journal = tmp_path / "run.journal"
    up = False

    def answer(question: str) -> SimpleNamespace:
        if not up:
            raise ConnectionError("the server is down")
        return ANSWERS[question]

    with pytest.raises(FootnoteError, match="the server is down"):
        evaluate(answer, GOLD, articles=ARTICLES, journal=journal)
    up = True
    assert evaluate(answer, GOLD, articles=ARTICLES, journal=journal).outcomes[0].right


def test_one_run_at_a_time_writes_a_journal(tmp_path: Path) -> None:
    journal = tmp_path / "run.journal"

    def nested(question: str) -> SimpleNamespace:
        if journal.exists():  # not yet at the warm-up
            with pytest.raises(SettingError, match="another run"):
                evaluate(counting([]), GOLD[:1], articles=ARTICLES, journal=journal)
        return ANSWERS[question]

    report = evaluate(nested, GOLD[:2], articles=ARTICLES, journal=journal)
    assert not any(one.error for one in report.outcomes)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[1]", b'{"a": 1}\n{"key": 3}', b"nonsense"])
def test_a_file_that_is_no_journal_is_put_aside(tmp_path: Path, content: bytes) -> None:
    journal = tmp_path / "run.journal"
    journal.write_bytes(content)
    evaluate(counting([]), GOLD, articles=ARTICLES, journal=journal)
    assert (tmp_path / "run.journal.1").read_bytes() == content


def test_a_journal_of_another_run_is_put_aside(tmp_path: Path) -> None:
    journal = tmp_path / "run.journal"
    evaluate(counting([]), GOLD, articles=ARTICLES, journal=journal, about={"threshold": 1})
    kept = journal.read_text("utf-8")
    asked: list[str] = []
    evaluate(counting(asked), GOLD, articles=ARTICLES, journal=journal, about={"threshold": 2})
    assert len(asked) == 1 + len(GOLD)
    assert (tmp_path / "run.journal.1").read_text("utf-8") == kept


def test_gold_keys_tell_pairs_apart() -> None:
    assert GOLD[0].key == replace(GOLD[0]).key
    assert GOLD[0].key != replace(GOLD[0], outlet="The Tide").key
    twice = evaluate(counting([]), [GOLD[0], GOLD[0]], articles=ARTICLES)
    assert len(twice.outcomes) == 2
    assert twice.compare(twice).questions == 2

"""The seed articles are our own words and complete, and the development questions fit them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
OURS = (  # beside them, seeds/ may hold anybody's own articles
    "eu-seoul-strategic-dialogue.md",
    "lavrov-choe-moscow-talks.md",
    "russian-ambassador-summoned.md",
    "seoul-wellington-summit.md",
    "ten-countries-joint-statement.md",
)
SEEDS = {name: ROOT / "seeds" / name for name in OURS}
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (ROOT / "tests/data/questions.jsonl").read_text(encoding="utf-8").splitlines()
]
TYPES = {
    *("factoid", "list", "across", "metadata", "digest", "paraphrase", "telegraphic"),
    *("near_miss", "off_topic", "archive", "greeting"),
}


def front_matter_and_body(path: Path) -> tuple[dict[str, Any], str]:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body.strip()


def runs_of_words(text: str, length: int = 8) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def texts_of_the_project() -> Iterator[tuple[Path, str]]:
    """Every text that git tracks, and what lies in our folders whether git knows it or not."""
    folders = ["seeds", "qa", "vectorstore", "tests", "docs"]
    git = ["git", "-C", str(ROOT), "ls-files", "-z"]
    tracked = subprocess.run(git, capture_output=True, text=True, check=False).stdout
    found = {ROOT / name for name in tracked.split("\0") if name}
    found.update(path for folder in folders for path in (ROOT / folder).rglob("*"))
    for path in sorted(path for path in found if path.is_file()):
        content = path.read_bytes()
        if b"\0" not in content[:4096]:
            yield path, content.decode(errors="replace")


@pytest.mark.parametrize("path", SEEDS.values(), ids=list(SEEDS))
def test_a_seed_says_what_it_is(path: Path) -> None:
    front, body = front_matter_and_body(path)
    assert front["title"]
    assert front["outlet"]
    assert "retelling" in front["note"]
    assert 150 <= len(body.split()) <= 350
    dateline = re.match(r"[A-Z]{2,}(, (?P<date>[A-Z][a-z]+\. \d+, \d{4}))? — [A-Z]", body)
    assert dateline, f"{path.name} opens without a dateline: {body[:40]!r}"
    published: date | None = front.get("published")
    if published is None:
        assert dateline["date"] is None
        assert "gives no date" in front["note"]
    else:
        month = published.strftime("%b").replace("Sep", "Sept")
        assert dateline["date"] == f"{month}. {published.day}, {published.year}"


def test_nothing_in_the_project_is_copied_from_the_originals(originals: Path) -> None:
    files = originals.glob("*.txt")
    theirs = set().union(*(runs_of_words(path.read_text(encoding="utf-8")) for path in files))
    copied = {
        (str(path.relative_to(ROOT)), " ".join(run))
        for path, text in texts_of_the_project()
        for run in runs_of_words(text) & theirs
    }
    assert sorted(copied) == []


def test_there_are_enough_questions_and_enough_that_cannot_be_answered() -> None:
    unanswerable = [q for q in QUESTIONS if not q["answerable"]]
    near_misses = [q for q in unanswerable if q["type"] == "near_miss"]
    assert len(QUESTIONS) >= 120
    assert len(unanswerable) >= 45
    assert len(near_misses) > len(unanswerable) / 2
    assert len({q["question"] for q in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=[q["question"] for q in QUESTIONS])
def test_an_answer_stands_in_its_articles(question: dict[str, Any]) -> None:
    assert set(question) == {"question", "answers", "articles", "answerable", "type"}
    assert question["type"] in TYPES
    sources = [front_matter_and_body(SEEDS[name]) for name in question["articles"]]
    told = "\n".join(f"{body}\n{front['title']}\n{front['outlet']}" for front, body in sources)
    if not question["answerable"]:
        assert not question["answers"]
    elif question["type"] not in {"archive", "greeting"}:
        assert question["answers"]
        assert question["articles"]
        assert [answer for answer in question["answers"] if answer not in told] == []

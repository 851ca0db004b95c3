"""What people say of answers, as gold pairs: every thumb makes the archive's own test set grow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from qa.errors import FootnoteError
from qa.evaluation.gold import CONFLICT, Gold, GoldFile, load_gold
from qa.records import Answer, Article

# The types of the pairs, by which a report breaks its figures down.
RIGHT, WRONG, ABSENT = "thumbs up", "thumbs down", "not there"
_LONGEST = 4000  # characters of what a person writes


class Feedback:
    """A file of gold pairs that people's thumbs add to; `footnote evaluate` runs it as it is.

    Many threads may use it at once. What each method returns is the line that it added, by which
    `take_back` finds it again.
    """

    def __init__(self, file: Path) -> None:
        """Add to `file`, which is made when it is first added to."""
        self.file = file
        self._lock = Lock()

    @staticmethod
    def asked(
        question: str,
        history: Sequence[dict[str, str]] = (),
        *,
        outlet: str | Sequence[str] | None = None,
        since: date | None = None,
        until: date | None = None,
        article_ids: Sequence[str] | None = None,
    ) -> Gold:
        """A question as it was put, for what is said of its answer."""
        return Gold(
            question=question,
            history=tuple(history),
            outlet=outlet if isinstance(outlet, str) else tuple(outlet or ()) or None,
            since=since.isoformat() if since else None,
            until=until.isoformat() if until else None,
            within=tuple(article_ids or ()),
        )

    def right(self, asked: Gold, answer: Answer) -> str:
        """The answer is right: it is to stay so.

        Args:
            asked: the question with its history and filters.
            answer: what was said to it.
        """
        if not answer.answered:
            return self.absent(asked)
        values = tuple(value.text for one in answer.conflicts for value in one.values)
        return self._add(
            asked,
            answers=values or tuple(filter(None, [answer.short])),
            articles=tuple(dict.fromkeys(one.article_id for one in answer.citations)),
            quotes=tuple(dict.fromkeys(one.quote for one in answer.citations)),
            type=CONFLICT if values else RIGHT,
        )

    def wrong(self, asked: Gold, articles: Iterable[Article], right: str, passage: str) -> str:
        """The answer is wrong; what it should be is told.

        Args:
            articles: the archive's, in which the passage is looked up.
            right: the right answer, or "".
            passage: words of an article that give it, or "".

        Raises:
            FootnoteError: neither is given, or the passage stands in no article.
        """
        right, passage = right.strip()[:_LONGEST], passage.strip(' \n\t“”"…')[:_LONGEST]
        if not (right or passage):
            raise FootnoteError(
                "Write the right answer, or copy the words that give it from an article, or say "
                "that it is not there."
            )
        id_, quote = _found(passage, articles) if passage else ("", "")
        return self._add(
            asked,
            answers=tuple(filter(None, [right])),
            articles=tuple(filter(None, [id_])),
            quotes=tuple(filter(None, [quote])),
            type=WRONG,
        )

    def absent(self, asked: Gold) -> str:
        """The articles don't say: to refuse is right."""
        return self._add(asked, answerable=False, type=ABSENT)

    def take_back(self, line: str) -> None:
        """Remove the last line of these words; nothing happens where there is none."""
        with self._lock:
            lines = self.file.read_text("utf-8").split("\n") if self.file.exists() else []
            if line in lines:
                del lines[len(lines) - 1 - lines[::-1].index(line)]
                fresh = self.file.with_suffix(".part")
                fresh.write_text("\n".join(lines), encoding="utf-8")
                fresh.replace(self.file)

    def read(self) -> GoldFile:
        """All pairs so far, and the lines that cannot be used."""
        if not self.file.exists() or not self.file.read_text("utf-8").strip():
            return GoldFile(str(self.file))
        return load_gold(self.file)

    def _add(self, asked: Gold, **told: Any) -> str:
        pair = {name: value for name, value in (asdict(asked) | told).items() if value}
        pair["answerable"] = told.get("answerable", True)
        line = json.dumps(pair, ensure_ascii=False).encode("utf-8", "replace").decode()
        try:
            with self._lock, self.file.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise FootnoteError(
                f"{self.file}: it cannot be written ({error.strerror}): check the disk and the "
                "folder's permissions."
            ) from error
        return line


def _found(passage: str, articles: Iterable[Article]) -> tuple[str, str]:
    """The id of the article that holds the passage, and its words as they stand there."""
    words = re.compile(r"\s+".join(map(re.escape, passage.split())))
    for article in articles:
        if match := words.search(article.text):
            return article.id, match[0]
    raise FootnoteError(
        "These words stand in no article: copy them from one as they are, or leave the field empty."
    )

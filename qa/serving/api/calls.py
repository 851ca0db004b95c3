"""The calls themselves: functions over an assistant that return what JSON can say."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal, cast

from pydantic import Field, StringConstraints, TypeAdapter
from typing_extensions import TypedDict

from qa.assistant import Assistant
from qa.errors import ArticleNotFound, FootnoteError
from qa.records import Answer, Article, Hit, Verdict

Json = dict[str, Any]

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Outlet = Annotated[str | None, Field(description="Only articles of this outlet.")]
Since = Annotated[
    str | None, Field(description="Only articles published on this day or later: 2024-09-04.")
]
Until = Annotated[
    str | None, Field(description="Only articles published on this day or earlier: 2024-09-04.")
]


class Message(TypedDict):
    """What was said before, by whom."""

    role: Literal["user", "assistant"]
    content: str


class NoSuchArticle(FootnoteError):
    """No article has the id that was asked for."""


class Call:
    """One of the calls, whose arguments are checked by its own types."""

    def __init__(self, function: Callable[..., Json | Generator[Json]]) -> None:
        self.function = function
        self.about = inspect.getdoc(function) or ""
        self._checked: TypeAdapter[Json | Generator[Json]] = TypeAdapter(cast(Any, function))
        self.schema: Json = self._checked.json_schema()  # of its arguments

    def steps(self, arguments: Mapping[str, Any]) -> Generator[Json]:
        """Yield what it returns, as it grows if it does. Raises `pydantic.ValidationError`."""
        result = self._checked.validate_python(dict(arguments))
        if isinstance(result, Generator):
            yield from result
        else:
            yield result


class Calls:
    """What may be called. Names, types and docstrings are what every protocol shows of them."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def all(self) -> Mapping[str, Call]:
        """The calls by their names."""
        calls = (self.ask, self.search, self.articles, self.article, self.check)
        return {call.__name__: Call(call) for call in calls}

    def ask(
        self,
        question: Annotated[Words, Field(description="In plain words.")],
        history: Annotated[
            list[Message] | None,
            Field(description="What was said before, oldest first: a follow-up leans on it."),
        ] = None,
        outlet: Outlet = None,
        since: Since = None,
        until: Until = None,
    ) -> Generator[Json]:
        """Answer a question from the articles, or say that they are silent.

        `text` carries numbered marks, one for each of `citations`, whose `quote` stands in the
        article at `start` to `end`. `answered` is false where the articles don't say.
        """
        growing = self._assistant.stream(question, history, outlet=outlet, since=since, until=until)
        with closing(growing):  # whoever stops listening ends the writing
            yield from map(plain, growing)

    def search(
        self,
        query: Annotated[Words, Field(description="What to look for.")],
        top_k: Annotated[int, Field(ge=1, le=100, description="How many passages.")] = 10,
        outlet: Outlet = None,
        since: Since = None,
        until: Until = None,
    ) -> Json:
        """Find the passages of the articles that are nearest to a query, best first."""
        hits = self._assistant.search(query, top_k, outlet=outlet, since=since, until=until)
        return {"hits": list(map(plain, hits))}

    def articles(
        self,
        offset: Annotated[int, Field(ge=0, description="How many to pass over.")] = 0,
        limit: Annotated[int, Field(ge=1, le=1000, description="How many to list.")] = 100,
    ) -> Json:
        """List the articles without their texts, the newest first; `total` says how many."""
        listed = self._assistant.articles()
        shown = [plain(article) for article in listed[offset : offset + limit]]
        for one in shown:
            del one["text"]
        return {"total": len(listed), "articles": shown}

    def article(
        self, article_id: Annotated[str, Field(max_length=1000, description="As listed.")]
    ) -> Json:
        """Read one article: its text and what is known of it."""
        try:
            return plain(self._assistant.article(article_id))
        except ArticleNotFound:
            raise NoSuchArticle(
                f"There is no article {article_id[:80]!r}: `articles` lists those there are."
            ) from None

    def check(
        self,
        sentence: Annotated[Words, Field(max_length=2000, description="What somebody says.")],
        quotes: Annotated[
            list[Annotated[str, Field(max_length=4000)]],
            Field(max_length=20, description="The words that are to prove it."),
        ],
    ) -> Json:
        """Say whether quotes, all together, carry a sentence, and what they leave unsaid."""
        return plain(self._assistant.check(sentence, quotes))


def plain(record: Answer | Article | Hit | Verdict) -> Json:
    """A record as JSON can say it: days as text, and nothing of where a file lay."""
    said: Json = _plain(asdict(record))
    said.pop("path", None)
    return said


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list(map(_plain, value))
    return value.isoformat() if isinstance(value, date) else value

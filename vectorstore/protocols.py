"""What the store asks of a ledger, whatever engine keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from vectorstore.examined import Finding, Signatures
from vectorstore.kept import Kept
from vectorstore.passage import Passage
from vectorstore.records import Article, Filter, Found, Head, Overview
from vectorstore.vectors import Rows, Vectors


class NewVectors(Protocol):
    """Vectors of another model, which grow beside those that serve until all are there."""

    def start(self, model: str) -> None:
        """Begin anew, unless vectors of `model` are there already."""

    def count(self) -> int:
        """How many there are."""

    def waiting(self, limit: int) -> dict[int, str]:
        """Row to passage id of at most `limit` passages that have none yet."""

    def add(self, vectors: Mapping[int, bytes]) -> None:
        """Row to vector, float16."""

    def take_over(self, model: str) -> bool:
        """Put them in the place of those that served; False if a passage has none yet."""


class Examined(Protocol):
    """What was found out about each article beside its text. It goes when its article goes."""

    def missing(self) -> list[str]:
        """The ids of the articles that nothing was found out about yet, in the order they came."""

    def signatures(self) -> tuple[list[str], list[date | None], Signatures]:
        """Every examined article: ids, days of publication, and a row of bands for each."""

    def put(self, findings: Sequence[Finding]) -> None:
        """Note findings, all or none; an article that is gone meanwhile is passed over."""

    def forget(self) -> None:
        """Have everything found out anew."""

    def copies(self, article_id: str) -> list[str]:
        """The ids of the articles that have its words, directly or through another; sorted."""

    def pairs(self) -> list[tuple[str, str]]:
        """The ids of every two articles that have words in common, each two once; sorted."""

    def warnings(self, article_id: str | None = None) -> Mapping[str, tuple[str, ...]]:
        """What is odd about articles, or about one, by their ids; most have nothing."""


class Heads(Protocol):
    """Articles without their texts, for whatever lists, counts or looks for them."""

    def listed(self, where: Filter | None = None, limit: int | None = None) -> list[Head]:
        """The articles, the newest first, undated ones last; at most `limit`."""

    def find(self, wanted: str, limit: int, where: Filter | None = None) -> Found:
        """The articles that hold every word of `wanted`, a word's beginning being enough."""

    def spread(self) -> list[tuple[str, str, int]]:
        """How many articles each outlet has of each month: outlet, 2024-09 or "", number."""

    def overview(self) -> Overview:
        """How many articles and outlets there are, and from when."""


class Ledger(Protocol):
    """The truth of an archive: the articles, and what the archive knows about itself."""

    @property
    def examined(self) -> Examined:
        """What was found out about the articles."""

    @property
    def heads(self) -> Heads:
        """The articles without their texts."""

    @property
    def new_vectors(self) -> NewVectors:
        """Vectors of another model, while it embeds everything anew."""

    def close(self) -> None:
        """Let go of the files or connections. Calling it again does nothing."""

    def meta(self, key: str) -> str:
        """What is noted under `key`; "" if nothing is."""

    def note(self, **values: str) -> None:
        """Note `values` for `meta`."""

    def notes(self, beginning: str) -> dict[str, str]:
        """What is noted under every key that begins so."""

    def indexing(self, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Alone at the vector index, of all programs; False if another is and `wait` is not."""

    def articles(self, where: Filter | None = None) -> list[Article]:
        """The articles, the newest first, undated ones last."""

    def article(self, article_id: str) -> Article:
        """The article with that id, or `ArticleNotFound`."""

    def hashes(self) -> dict[str, str]:
        """Article id to the content hash it was put with."""

    def paths(self) -> dict[str, str]:
        """Article id to where its file lay."""

    def outlets(self) -> list[tuple[str, int]]:
        """Each outlet with its number of articles, the largest first."""

    def count(self, where: Filter | None = None) -> tuple[int, int]:
        """How many articles and how many passages there are."""

    def replace(self, items: Sequence[Kept], *, model: str) -> None:
        """Put whole articles, each in the place of what had its id: all of `items`, or none.

        Args:
            items: articles with their passages.
            model: whose vectors they have; `ModelMismatch` if the archive has another's.
        """

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out, with all that belongs to them."""

    def everything(self) -> Iterator[Kept]:
        """Every article as it is kept, in the order in which they were put."""


class Passages(Protocol):
    """Reads passages. A row is a passage's number, which never means another one."""

    def version(self) -> int:
        """A number that is another one after every change."""

    def rows(self, where: Filter | None = None) -> Rows:
        """Every row, or those of the chosen articles, ascending."""

    def ids(self, rows: Iterable[int], where: Filter | None = None) -> dict[int, str]:
        """Row to passage id; rows that are gone or not of the chosen articles are left out."""

    def lexical(self, query: str, top_k: int, where: Filter | None) -> list[tuple[str, float]]:
        """The passages that hold words of `query` by BM25, best first."""

    def count_holding(self, word: str) -> int:
        """How many passages hold `word`, in any of its endings, in text or title."""

    def with_ids(self, passage_ids: Sequence[str]) -> list[Passage]:
        """The passages in the order asked for; those that are gone are left out."""

    def vectors_of(self, passage_ids: Sequence[str]) -> dict[str, bytes]:
        """Passage id to its vector, float16; ids that are gone are left out."""

    def embedded(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The vectors that texts with these keys already have."""

    def count_above(self, row: int) -> int:
        """How many rows there are above `row`."""

    def vectors_above(self, row: int, limit: int = -1) -> tuple[Rows, Vectors]:
        """Rows above `row`, ascending, at most `limit` of them, and their vectors."""

    def vectors_at(self, rows: Iterable[int]) -> tuple[Rows, Vectors]:
        """Those of `rows` that are there, ascending, and their vectors."""

    def departed(self) -> list[int]:
        """Rows that are gone but that the vector index may still hold."""

    def forget_departed(self, rows: Iterable[int]) -> None:
        """The vector index no longer holds `rows`."""

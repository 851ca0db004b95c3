"""An article as a ledger keeps it: with its passages, and their vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from vectorstore.passage import Passage, cut
from vectorstore.records import Article


@dataclass(frozen=True, slots=True)
class KeptPassage:
    """A passage without its text, which is cut from the article's when it is asked for."""

    id: str
    embedded: str  # the key of the text that was embedded
    node: str  # the rest of it as JSON
    vector: bytes  # float16

    def cut(self, text: str) -> str:
        """The passage's own words, out of its article's `text`."""
        return cut(self.node, text).text


@dataclass(frozen=True, slots=True)
class Kept:
    """An article with a hash of its content and its passages in their order."""

    article: Article
    digest: str
    passages: tuple[KeptPassage, ...]


def kept(
    article: Article,
    passages: Sequence[Passage],
    digest: str,
    keys: Mapping[str, str],
    vectors: Mapping[str, bytes],
) -> Kept:
    """What is kept of an article.

    Args:
        article: the article.
        passages: its passages.
        digest: a hash of its content.
        keys: passage id to the key of the text that was embedded.
        vectors: that key to the vector, float16.
    """
    return Kept(
        article,
        digest,
        tuple(
            KeptPassage(one.id, keys[one.id], one.bare, vectors[keys[one.id]]) for one in passages
        ),
    )


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What two archives have in common only if they hold the same."""

    articles: int
    passages: int
    digest: str  # a hash over every field of them, vectors included


def fingerprint(everything: Iterable[Kept]) -> Fingerprint:
    """The fingerprint of an archive; in which order the articles were put does not count."""
    articles = passages = total = 0
    for one in everything:
        total += int.from_bytes(digest_of(one))
        articles, passages = articles + 1, passages + len(one.passages)
    return Fingerprint(articles, passages, f"{total % (1 << 256):064x}")


def digest_of(one: Kept) -> bytes:
    """SHA-256 over every field of an article and of its passages."""
    return hashlib.sha256(repr(astuple(one)).encode(errors="surrogatepass")).digest()

"""What was looked for, and what of it a passage says: what a refusal can show for itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qa.language.words import located, specifics, stem, stems, telling_words


@dataclass(frozen=True, slots=True)
class Sought:
    """The telling words of a question, as they were asked."""

    question: str
    words: tuple[str, ...]  # in order, each once
    telling: frozenset[str]  # the stems of its names, numbers and years

    @classmethod
    def of(cls, question: str) -> Sought:
        """Of a question that stands alone."""
        words = {stem(word): word for word in reversed(telling_words(question))}
        return cls(question, tuple(reversed(words.values())), frozenset(specifics(question)))

    def missing(self, text: str) -> tuple[str, ...]:
        """The names, numbers and years that `text` does not say; if it says all, other words."""
        said = set(stems(text))
        absent = [word for word in self.words if stem(word) not in said]
        return tuple([word for word in absent if stem(word) in self.telling] or absent)

    def listed(self, words: Iterable[str]) -> list[str]:
        """Words as a person reads them: a name whole, as it stands in the question."""
        found: list[str] = []
        for word in words:
            whole = f"{found[-1]} {word}" if found else ""
            if whole and found[-1][0].isupper() and word[0].isupper() and whole in self.question:
                found[-1] = whole
            else:
                found.append(word)
        return found

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand in `text`, in any of their forms."""
        wanted = {stem(word) for word in self.words}
        return [(start, end) for word, start, end in located(text) if stem(word) in wanted]

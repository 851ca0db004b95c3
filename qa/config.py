"""The settings, in one place: each has a default, an environment variable and a check."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qa.errors import SettingError

_OLLAMA = "http://127.0.0.1:11434/v1"  # where Ollama listens


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How an assistant works. Read the environment with `Config.from_environment()`."""

    archive: Path = Path("archive")
    chroma_url: str | None = None  # None: Chroma runs embedded, inside the archive folder
    embedding: str | None = None  # None: the packaged all-MiniLM-L6-v2
    reader: str | None = None  # None: the packaged reader; "none": the one without a model
    candidates: int = 50  # passages that each half of the retrieval proposes
    read: int = 10  # passages that are read for an answer
    threshold: float | None = None  # confidence below which an answer is a refusal; None: tuned
    llm: str | None = None  # a language model's name; None: there is none
    llm_url: str = _OLLAMA  # any OpenAI-compatible server
    llm_key: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.threshold is not None and not 0 <= self.threshold <= 1:
            raise SettingError(
                f"FOOTNOTE_THRESHOLD is {self.threshold:g}: give a number from 0 to 1."
            )
        for name in ("candidates", "read"):
            if getattr(self, name) < 1:
                raise SettingError(
                    f"The setting {name!r} is {getattr(self, name)}: give 1 or more."
                )
        for name, url in (("CHROMA_URL", self.chroma_url), ("LLM_URL", self.llm_url)):
            if url is not None and not url.startswith(("http://", "https://")):
                raise SettingError(
                    f"FOOTNOTE_{name} is {url!r}: give an address like http://127.0.0.1:8000."
                )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Config:
        """Read every `FOOTNOTE_…` variable that is set and not empty.

        Raises:
            SettingError: a value cannot be used; the message names the variable.
        """
        return cls(
            archive=Path(environment.get("FOOTNOTE_ARCHIVE") or "archive"),
            chroma_url=environment.get("FOOTNOTE_CHROMA_URL") or None,
            embedding=environment.get("FOOTNOTE_EMBEDDING") or None,
            reader=environment.get("FOOTNOTE_READER") or None,
            threshold=_number(environment, "FOOTNOTE_THRESHOLD"),
            llm=environment.get("FOOTNOTE_LLM") or None,
            llm_url=environment.get("FOOTNOTE_LLM_URL") or _OLLAMA,
            llm_key=environment.get("FOOTNOTE_LLM_KEY") or None,
        )


def _number(environment: Mapping[str, str], name: str) -> float | None:
    value = environment.get(name)
    if not value:
        return None
    try:
        return float(value)
    except ValueError:
        raise SettingError(f"{name} is {value!r}: give a number.") from None

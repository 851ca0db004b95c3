"""The settings, in one place: each has a default, an environment variable and a check."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.errors import SettingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How an assistant works. Read the environment with `Config.from_environment()`."""

    archive: Path = Path("archive")
    chroma_url: str | None = None  # None: Chroma runs embedded, inside the archive folder
    embedding: str | None = None  # None: the packaged all-MiniLM-L6-v2
    reader: str | None = None  # None: the packaged reader; "none": the one without a model
    candidates: int = 50  # passages that each half of the retrieval proposes
    read: int = 12  # passages that are read for an answer
    threshold: float | None = None  # confidence below which an answer is a refusal; None: tuned

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
        if self.chroma_url is not None and not self.chroma_url.startswith(("http://", "https://")):
            raise SettingError(
                f"FOOTNOTE_CHROMA_URL is {self.chroma_url!r}: give an address like "
                "http://127.0.0.1:8000."
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
        )


def _number(environment: Mapping[str, str], name: str) -> float | None:
    value = environment.get(name)
    if not value:
        return None
    try:
        return float(value)
    except ValueError:
        raise SettingError(f"{name} is {value!r}: give a number.") from None

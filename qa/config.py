"""The settings, in one place: each has a default, an environment variable and a check."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from qa.errors import SettingError
from vectorstore.place import Address, located

NO_MODEL = "none"  # stands for no language model where one could be named
_Number = TypeVar("_Number", int, float)

_OLLAMA = "http://127.0.0.1:11434/v1"  # where Ollama listens
_DEADLINES = ("chroma_wait", "llm_first", "llm_between", "llm_total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How an assistant works. Read the environment with `Config.from_environment()`."""

    archive: Path | Address = Path("archive")  # a folder, or a PostgreSQL database
    uploads: Path | None = None  # None: see `uploads_folder`
    chroma_url: str | None = None  # None: Chroma runs embedded, inside the archive folder
    chroma_wait: float = 20.0  # seconds until that server answers, trying again included
    embedding: str | None = None  # None: the packaged all-MiniLM-L6-v2
    reader: str | None = None  # None: the packaged reader; "none": the one without a model
    candidates: int = 50  # passages that each half of the retrieval proposes
    read: int = 10  # passages that are read for an answer
    threshold: float | None = None  # confidence below which an answer is a refusal; None: tuned
    llm: str | None = None  # a language model's name; None: there is none
    llm_url: str = _OLLAMA  # any OpenAI-compatible server
    llm_key: str | None = field(default=None, repr=False)
    llm_context: int | None = None  # the model's context window, in tokens; None: it is asked for
    llm_first: float = 60.0  # seconds until the reply begins, waiting and trying again included
    llm_between: float = 20.0  # seconds from one piece of the reply to the next
    llm_total: float = 180.0  # seconds for the whole reply
    users: Path | None = None  # the file of those who may sign in to the chat; None: everybody may
    hosts: tuple[str, ...] = ()  # names under which the chat may be asked for, besides its own
    fetch: bool = False  # whether web addresses may be fetched

    def __post_init__(self) -> None:
        if self.threshold is not None and not 0 <= self.threshold <= 1:
            raise SettingError(
                f"FOOTNOTE_THRESHOLD is {self.threshold:g}: give a number from 0 to 1."
            )
        for name in _DEADLINES:
            if not getattr(self, name) > 0:
                raise SettingError(
                    f"FOOTNOTE_{name.upper()} is {getattr(self, name):g}: give seconds above 0."
                )
        if self.llm_context is not None and self.llm_context < 512:
            raise SettingError(
                f"FOOTNOTE_LLM_CONTEXT is {self.llm_context}: give the tokens that the model can "
                "read at once, 512 or more."
            )
        for name in ("candidates", "read"):
            if getattr(self, name) < 1:
                raise SettingError(
                    f"The setting {name!r} is {getattr(self, name)}: give 1 or more."
                )
        for name, url in (("CHROMA_URL", self.chroma_url), ("LLM_URL", self.llm_url)):
            if url is not None and not _is_address(url):
                raise SettingError(
                    f"FOOTNOTE_{name} is {url!r}: give an address like http://127.0.0.1:8000."
                )

    @property
    def uploads_folder(self) -> Path:
        """Where copies of what people put in through the chat are kept, on this machine."""
        if self.uploads:
            return self.uploads
        return self.archive / "uploads" if isinstance(self.archive, Path) else Path("uploads")

    @property
    def kept_folder(self) -> Path:
        """Where the chat keeps conversations and what is said of answers, on this machine.

        It is the archive's folder; where the archive is a database, the one beside the uploads.
        """
        return self.archive if isinstance(self.archive, Path) else self.uploads_folder.parent

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Config:
        """Read every `FOOTNOTE_…` variable that is set and not empty.

        Raises:
            SettingError: a value cannot be used; the message names the variable.
            ArchiveError: the archive's address is none; the message does not show it.
        """
        named = {name: f"FOOTNOTE_{name.upper()}" for name in _DEADLINES}
        given: dict[str, Any] = {name: _number(environment, named[name], float) for name in named}
        deadlines = {name: seconds for name, seconds in given.items() if seconds is not None}
        return cls(
            archive=located(environment.get("FOOTNOTE_ARCHIVE") or "archive"),
            uploads=Path(uploads) if (uploads := environment.get("FOOTNOTE_UPLOADS")) else None,
            chroma_url=environment.get("FOOTNOTE_CHROMA_URL") or None,
            embedding=environment.get("FOOTNOTE_EMBEDDING") or None,
            reader=environment.get("FOOTNOTE_READER") or None,
            threshold=_number(environment, "FOOTNOTE_THRESHOLD", float),
            llm=environment.get("FOOTNOTE_LLM") or None,
            llm_url=environment.get("FOOTNOTE_LLM_URL") or _OLLAMA,
            llm_key=environment.get("FOOTNOTE_LLM_KEY") or None,
            llm_context=_number(environment, "FOOTNOTE_LLM_CONTEXT", int),
            users=Path(users) if (users := environment.get("FOOTNOTE_USERS")) else None,
            hosts=tuple((environment.get("FOOTNOTE_HOSTS") or "").replace(",", " ").split()),
            fetch=_switch(environment, "FOOTNOTE_FETCH"),
            **deadlines,
        )


def _is_address(url: str) -> bool:
    """Whether it names a host, and a port that there can be."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0


def _switch(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name) or "0"
    if value not in ("0", "1"):
        raise SettingError(f"{name} is {value!r}: give 1 for yes or 0 for no.")
    return value == "1"


def _number(environment: Mapping[str, str], name: str, kind: type[_Number]) -> _Number | None:
    value = environment.get(name)
    if not value:
        return None
    try:
        return kind(value)
    except ValueError:
        what = "a whole number" if kind is int else "a number"
        raise SettingError(f"{name} is {value!r}: give {what}.") from None

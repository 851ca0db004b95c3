"""What people put in: files and folders as they are, addresses and pasted texts as files first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa.config import Config
from qa.errors import SettingError, UnreadableFile
from qa.fetching.addresses import is_address
from qa.ingestion import OnFile, Progress, ingest
from qa.keeping import keep_new, slug
from qa.records import FileResult, IngestReport

if TYPE_CHECKING:
    from qa.fetching.collecting import Collected
    from vectorstore.store import Store

_MOST = 20_000_000  # characters of a pasted text


def put_in(
    store: Store,
    config: Config,
    paths: Sequence[str | Path],
    prune: bool,
    on_progress: Progress | None,
    on_file: OnFile | None,
) -> IngestReport:
    """Put files, folders and addresses in; see `Assistant.ingest`."""
    addresses = [path for path in paths if isinstance(path, str) and is_address(path)]
    collected = _collected(config, addresses, on_progress) if addresses else []
    files = [Path(path) for path in paths if path not in addresses]
    report = ingest(
        store,
        [*files, *(one.file for one in collected if one.file)],
        prune=prune,
        on_progress=on_progress,
        on_file=on_file,
        notes={
            str(one.file.absolute()): f"its earlier version is kept as {one.earlier}"
            for one in collected
            if one.file and one.earlier
        },
    )
    for one in collected:
        if not one.file:
            told = FileResult(path=one.address, result="skipped", reason=one.reason)
            report.add(told)
            if on_file:
                on_file(told)
    return report


def put_in_text(store: Store, config: Config, text: str) -> IngestReport:
    """Keep a pasted text as a file and put that in; see `Assistant.ingest_text`."""
    first = text.strip().partition("\n")[0]
    if not first:
        raise UnreadableFile("The pasted text", "it is empty")
    if len(text) > _MOST:
        raise UnreadableFile("The pasted text", "it is longer than any article; paste a part of it")
    content = text.encode("utf-8", "replace")
    return ingest(store, [keep_new(config.uploads_folder, slug(first), ".txt", content)])


def _collected(
    config: Config, addresses: Sequence[str], on_progress: Progress | None
) -> list[Collected]:
    if not config.fetch:
        raise SettingError(
            f"{addresses[0]} is not fetched: set FOOTNOTE_FETCH=1 to let Footnote read the web."
        )
    from qa.fetching.collecting import collect

    found: list[Collected] = []
    for one in collect(addresses, config.uploads_folder):
        found.append(one)
        if on_progress:
            on_progress("Fetching", len(found), max(len(found), len(addresses)))
    return found

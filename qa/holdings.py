"""What an archive holds: put in, listed, found, looked through, copied, taken out."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from qa.config import Config
from qa.errors import FootnoteError
from qa.records import (
    Article,
    Filter,
    Found,
    Hit,
    IngestReport,
    Overview,
    Removed,
    Survey,
    Trouble,
)

if TYPE_CHECKING:
    from qa.ingestion import OnFile, Progress
    from qa.returning import LeftOut
    from vectorstore.store import Store


class Holdings:
    """The articles of an archive that is open. Many threads may use it; one at a time puts in."""

    def __init__(self, store: Store, config: Config) -> None:
        self._store = store
        self._config = config
        self._ingesting = Lock()

    def ingest(
        self,
        *paths: str | Path,
        prune: bool = False,
        on_progress: Progress | None = None,
        on_file: OnFile | None = None,
    ) -> IngestReport:
        """Read files and addresses into the archive; what has not changed costs nothing.

        Args:
            paths: files, folders with all below, addresses of pages and feeds, kept as files.
            prune: also remove the articles of these folders whose file is gone.
            on_progress, on_file: told `(stage, files done, in all)`; what became of each file.

        Raises:
            UnreadableFile: a path does not exist; bad files in folders are in the report.
            SettingError: `FOOTNOTE_FETCH` does not allow to fetch addresses.
        """
        from qa.adding import put_in

        with self._ingesting:
            return put_in(self._store, self._config, paths, prune, on_progress, on_file)

    def ingest_text(self, text: str) -> IngestReport:
        """Keep a pasted text as a file in the folder of uploads and read it as a .txt file."""
        from qa.adding import put_in_text

        with self._ingesting:
            return put_in_text(self._store, self._config, text)

    def articles(self) -> list[Article]:
        """Every article, the newest first, undated ones last."""
        return self._store.articles()

    def find(self, wanted: str = "", limit: int = 200, where: Filter | None = None) -> Found:
        """The articles that hold every word of `wanted` in title, outlet, day or text.

        Those that are named so come before those whose text alone holds it; then the newest first.

        Args:
            wanted: words, of which the beginning is enough; "" finds all.
            limit: how many are told of; all are counted.
            where: only these articles.
        """
        return self._store.find(wanted, limit, where)

    def overview(self) -> Overview:
        """How many articles and outlets there are, and from when."""
        return self._store.overview()

    def article(self, article_id: str) -> Article:
        """The article with this id. Raises `ArticleNotFound`."""
        return self._store.article(article_id)

    def survey(self) -> Survey:
        """The archive looked over: when which outlet wrote, copies, undated and doubtful ones."""
        return self._store.survey()

    def passages(self, article_id: str) -> list[Hit]:
        """The passages that an article is searched by, in its order. Their score is 0."""
        from qa.answering.hits import hit
        from qa.retrieval.ranked import Ranked

        return [hit(Ranked(one, 0.0)) for one in self._store.passages_of(article_id)]

    # What is taken out, and comes back

    def remove(self, article_id: str) -> None:
        """Take an article out of the archive; its file stays. Raises `ArticleNotFound`.

        It is kept aside: `bring_back` undoes it, whatever has become of the file.
        """
        self._store.set_aside(article_id)

    def removed(self) -> list[Removed]:
        """The articles that were taken out, the latest first."""
        return self._store.removed()

    def bring_back(self, article_id: str) -> Article:
        """Put an article in again that was taken out. Raises `ArticleNotFound`."""
        from qa.returning import bring_back

        with self._ingesting:
            return bring_back(self._store, article_id)

    def left_out(self, article_id: str) -> list[LeftOut]:
        """What cleaning took from an article's file.

        Raises:
            ArticleNotFound: there is no such article.
            FootnoteError: the file is gone, or of a kind that is not cleaned.
        """
        from qa.returning import left_out

        return left_out(self._store, article_id)

    def put_back(self, article_id: str, words: str, *, back: bool = True) -> None:
        """Put a paragraph that cleaning took back into its article; with False, take it out again.

        It stays there whenever the file is read anew.

        Args:
            words: the paragraph, as `left_out` has it.
        Raises:
            FootnoteError: the file cannot be read again; the article stays as it was.
        """
        from qa.ingestion import ingest
        from qa.returning import note_put_back

        with self._ingesting:
            path = Path(self._store.article(article_id).path)
            note_put_back(self._store, article_id, words, back=back)
            try:
                left = ingest(self._store, [path]).skipped
                if left:
                    raise FootnoteError(f"{left[0].path}: {left[0].reason}; put it there again.")
            except FootnoteError:
                note_put_back(self._store, article_id, words, back=not back)
                raise

    def outlets(self) -> list[str]:
        """The outlets named in the archive, those with the most articles first."""
        return [outlet for outlet, _ in self._store.outlets() if outlet]

    def examine(self, *, repair: bool = False) -> list[Trouble]:
        """What is wrong with the archive, as it was before `repair` put right what can be.

        It reads everything, and takes some seconds for 10,000 passages.
        """
        from qa.upkeep import examine

        with self._ingesting:
            return examine(self._store, repair=repair)

    def backup(self, file: str | Path) -> None:
        """Write the archive to one file, uploads included; it may be in use meanwhile.

        `footnote restore`, or `vectorstore.backup.restore`, makes an archive of it.

        Raises:
            ArchiveError: the file is there already, or cannot be written.
        """
        self._store.backup(Path(file))

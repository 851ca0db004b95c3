"""What went wrong at a PostgreSQL server, in one line for a person, without the password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vectorstore.errors import ArchiveBusy, ArchiveDamaged, ArchiveError

if TYPE_CHECKING:
    from vectorstore.place import Address

# PostgreSQL's codes (its manual, appendix A); a class is the first two characters.
_BY_CODE = {
    "3D000": "there is no such database: make it with `createdb`, or mend the address",
    "28P01": "the password is wrong: mend it in the address, or in ~/.pgpass",
    "28000": "this user may not connect: mend the address, or the server's pg_hba.conf",
    "42501": "this user has no right to do that: grant it, or take another user",
    "3F000": "there is no schema to make tables in: make one, or name it in the search_path",
    "53100": "the server's disk is full: free some and run it again; what was stored is safe",
    "53300": "the server has no connection left: close some, or raise its max_connections",
    "25006": "the server is a standby that only reads: open it read-only, or write to its primary",
    "57014": "the server cut it off after its statement_timeout: raise that",
}
_BY_CLASS = {
    "42": "its tables are none of Footnote's, or were changed: choose another database",
    "53": "the server lacks means for it: see its log",
    "57": "the server is starting or stopping: try again",
    "08": "the connection broke: see whether the server runs, and try again",
}
# Where a connection does not come about there is no code, and the server's own words are all.
_BY_WORDS = (
    (re.compile("password authentication failed|no password supplied"), _BY_CODE["28P01"]),
    (re.compile("database .* does not exist"), _BY_CODE["3D000"]),
    (
        re.compile("role .* does not exist|no pg_hba.conf entry|permission denied"),
        _BY_CODE["28000"],
    ),
    (re.compile("too many (clients|connections)|remaining connection slots"), _BY_CODE["53300"]),
    (re.compile("starting up|shutting down|in recovery mode"), _BY_CLASS["57"]),
)
_SILENT = "no server answers there: start it, or mend the address"
_LONGEST = 160  # characters of what the server says


def in_plain_words(error: Exception, address: Address) -> Exception:
    """The error to raise in the place of psycopg's `error`, or Unicode's."""
    if isinstance(error, UnicodeEncodeError):
        return ArchiveError(
            f"A text holds characters that are not valid Unicode ({error.reason}): save its file as"
            " UTF-8."
        )
    said = address.without_password(_said(error))
    if "NUL" in said and "0x00" in said:
        return ArchiveError(
            "A text holds the character NUL, which PostgreSQL cannot keep: take it out of its file."
        )
    code = getattr(error, "sqlstate", None) or ""
    if code == "55P03":
        return ArchiveBusy(
            f"{address} cannot be changed now: another program has been at it for a minute; try"
            " again later."
        )
    if code in ("XX001", "XX002"):
        return ArchiveDamaged(f"{address} is damaged ({said}): restore it from a backup.")
    return ArchiveError(f"{address} cannot be used ({said}): {_advice(code, said)}.")


def _advice(code: str, said: str) -> str:
    if code:
        return _BY_CODE.get(code) or _BY_CLASS.get(code[:2]) or "see the server's log"
    return next((advice for words, advice in _BY_WORDS if words.search(said)), _SILENT)


def _said(error: Exception) -> str:
    """The server's last word: one line, without what libpq says of where it asked."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    fatal = [line for line in lines if "FATAL:" in line]
    line = (fatal or lines or [type(error).__name__])[0]
    return line.rpartition("FATAL:")[2].strip()[:_LONGEST]

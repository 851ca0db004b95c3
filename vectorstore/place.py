"""Where an archive lies: in a folder of this machine, or in a PostgreSQL database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from vectorstore.errors import ArchiveError

_SCHEMES = ("postgresql://", "postgres://")
_SECRET = ("password", "sslpassword")  # what libpq also takes in an address's query


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """A database's address. Whatever shows it leaves the password out.

    Raises:
        ArchiveError: it names no database, or its password cannot be told from the rest.
    """

    url: str

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            port = parts.port
        except ValueError:
            raise _no_address() from None
        beyond = f"{parts.path}{parts.query}{parts.fragment}"
        name = parts.path.strip("/")
        if port == 0 or not name or parts.fragment or "@" in beyond or parts.netloc.count("@") > 1:
            raise _no_address()

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        user = f"{parts.username}@" if parts.username else ""
        host = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{user}{host}{parts.path}"

    __repr__ = __str__

    def without_password(self, text: str) -> str:
        """`text` with the password, as it stands in the address or as it is meant, blotted out."""
        for secret in _secrets(urlsplit(self.url)):
            text = text.replace(secret, "…")
        return text


def located(archive: str | Path | Address) -> Path | Address:
    """The folder or the address that `archive` names."""
    if isinstance(archive, str) and archive.startswith(_SCHEMES):
        return Address(archive)
    return archive if isinstance(archive, Address) else Path(archive)


def _secrets(parts: SplitResult) -> set[str]:
    written = parts.password or ""
    asked = {value for key, value in parse_qsl(parts.query) if key in _SECRET}
    return {written, unquote(written), *asked} - {""}


def _no_address() -> ArchiveError:
    # Nothing of it is shown: what cannot be read may have the password anywhere.
    return ArchiveError(
        "The archive's address is none of a PostgreSQL database: write it as"
        " postgresql://USER:PASSWORD@HOST:PORT/DATABASE, and / : @ # ? in a password as"
        " %2F %3A %40 %23 %3F."
    )

"""Who may sign in: a file with a line a user, their passwords hashed."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile

from qa.errors import SettingError

# 32 MB and some tenth of a second a guess: OWASP's password storage cheat sheet, scrypt.
_COST = {"n": 2**15, "r": 8, "p": 3}
_MEMORY = 64 * 2**20
_NAME = re.compile(r"[A-Za-z0-9][\w.@-]{0,63}")
SHORTEST = 8  # characters of a password
LONGEST = 1000


class Role(StrEnum):
    """What a user may do."""

    READER = "reader"  # ask
    EDITOR = "editor"  # and add articles and remove them


@dataclass(frozen=True, slots=True)
class User:
    """A line of the file."""

    name: str
    role: Role
    hashed: str  # "salt:hash", in base64


class Users:
    """The users in a file, which is read anew whenever it has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[object, Mapping[str, User]] = (None, {})
        self._nobody = _hashed(secrets.token_hex())

    def all(self) -> Mapping[str, User]:
        """The users by their names.

        Raises:
            SettingError: the file cannot be read, or a line of it makes no sense.
        """
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return {}
        state = (status.st_ino, status.st_mtime_ns, status.st_size)
        if state != self._read[0]:
            self._read = state, self._parsed()
        return self._read[1]

    def signed_in(self, name: str, password: str) -> User | None:
        """The user with this name and password; a wrong name takes as long as a wrong password."""
        user = self.all().get(name)
        right = _matches(password[:LONGEST], user.hashed if user else self._nobody)
        return user if right else None

    def add(self, name: str, password: str, role: Role) -> None:
        """Put a user in, or give one a new password and role. Raises `SettingError`."""
        if not _NAME.fullmatch(name):
            raise SettingError(
                f"{name!r} cannot be a user's name: use letters, digits and any of . @ _ -"
            )
        if not SHORTEST <= len(password) <= LONGEST:
            raise SettingError(f"The password is too short: take {SHORTEST} characters or more.")
        self._write({**self.all(), name: User(name, role, _hashed(password))})

    def remove(self, name: str) -> None:
        """Take a user out; whoever is signed in by that name is not any more."""
        users = dict(self.all())
        if users.pop(name, None) is None:
            raise SettingError(f"There is no user {name!r} in {self._path}.")
        self._write(users)

    def _parsed(self) -> Mapping[str, User]:
        users = {}
        try:
            lines = self._path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingError(f"{self._path} cannot be read ({error}): mend it.") from None
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                name, role, hashed = line.split()
                salt, known = (base64.b64decode(one, validate=True) for one in hashed.split(":"))
                if not (salt and known):
                    raise ValueError("no password is kept")
                users[name] = User(name, Role(role), hashed)
            except ValueError:
                raise SettingError(
                    f"{self._path}, line {number}, names no user: mend it, or take it out and add "
                    "the user with `footnote users add`."
                ) from None
        return users

    def _write(self, users: Mapping[str, User]) -> None:
        """Whole or not at all, and for nobody else's eyes."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lines = (f"{user.name} {user.role} {user.hashed}\n" for user in users.values())
        with NamedTemporaryFile("w", dir=self._path.parent, delete=False, encoding="utf-8") as new:
            new.writelines(lines)
            new.flush()
            os.fsync(new.fileno())
        Path(new.name).replace(self._path)


def _hashed(password: str) -> str:
    salt = secrets.token_bytes(16)
    return ":".join(base64.b64encode(one).decode() for one in (salt, _scrypt(password, salt)))


def _matches(password: str, hashed: str) -> bool:
    salt, _, known = hashed.partition(":")
    found = base64.b64encode(_scrypt(password, base64.b64decode(salt)))
    return secrets.compare_digest(found, known.encode())


def _scrypt(password: str, salt: bytes) -> bytes:
    secret = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, maxmem=_MEMORY, dklen=32, **_COST)

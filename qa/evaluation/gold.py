"""Gold question-answer pairs: read, and complained about line by line."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from qa.errors import UnreadableFile

CONFLICT = "conflict"  # the type of questions to which the articles give different answers
# Of these, every answer is wanted; otherwise the answers are wordings of one.
ALL_WANTED = frozenset({"list", "across", CONFLICT})
LISTS = ("answers", "articles", "quotes", "within")  # fields that hold several


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A question, and what a right answer to it holds."""

    question: str
    answers: tuple[str, ...] = ()  # wordings of one answer; of `ALL_WANTED` types, all wanted
    articles: tuple[str, ...] = ()  # ids, file names or titles of the articles that answer
    quotes: tuple[str, ...] = ()  # sentences of those articles that prove it
    history: tuple[dict[str, str], ...] = ()  # earlier turns: {"role": …, "content": …}
    answerable: bool = True
    type: str = ""
    since: str | None = None  # YYYY-MM-DD
    until: str | None = None
    outlet: str | tuple[str, ...] | None = None  # one, or any of several
    within: tuple[str, ...] = ()  # ids of the articles that alone may answer

    @property
    def key(self) -> str:
        """Stands for everything that the pair says."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()[:16]

    @property
    def kind(self) -> str:
        """The type, or what can be told without one."""
        return self.type or ("answerable" if self.answerable else "unanswerable")

    @property
    def all_wanted(self) -> bool:
        """Whether each of the answers is wanted, not any of them."""
        return self.type in ALL_WANTED


def numbered(gold: Sequence[Gold]) -> list[str]:
    """A key for each pair; a pair that comes again has a number behind it."""
    seen: Counter[str] = Counter()
    keys = []
    for one in gold:
        seen[one.key] += 1
        keys.append(one.key if seen[one.key] == 1 else f"{one.key}-{seen[one.key]}")
    return keys


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where: `line` counts from 1, 0 is the file as a whole."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.reason}" if self.line else self.reason


@dataclass(frozen=True, slots=True)
class GoldFile:
    """The pairs of a file, each with its line, and the lines that could not be used."""

    path: str
    pairs: list[Gold] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load_gold(path: Path) -> GoldFile:
    """Read gold pairs from `.jsonl` (one object a line) or `.csv` (a header row).

    In CSV, several answers, articles, quotes and the like are divided by `|`, or written as a JSON
    list; `history` is JSON; semicolons may stand for commas. A line that cannot be used is in
    `problems`; the rest go on.

    Raises:
        UnreadableFile: there is no such file, it is no text, or it is neither.
    """
    text = _text(path)
    if path.suffix.lower() not in (".jsonl", ".csv"):
        raise UnreadableFile(path, "gold pairs are .jsonl or .csv (for SQuAD use --squad)")
    found = GoldFile(str(path))
    rows = _csv_rows(text, path) if path.suffix.lower() == ".csv" else _json_rows(text)
    for line, row in rows:
        try:
            if isinstance(row, csv.Error):
                raise ValueError(f"not CSV from here on ({row})")
            found.pairs.append(_pair(row))
            found.lines.append(line)
        except ValueError as error:
            found.problems.append(Problem(str(path), line, str(error)))
    if not found.pairs and not found.problems:
        raise UnreadableFile(path, "it holds no gold pairs; write one a line")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UnreadableFile(path, "there is no such file; check the path") from None
    except UnicodeDecodeError:
        raise UnreadableFile(path, "it is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise UnreadableFile(path, f"it cannot be opened ({error.strerror})") from None


def _json_rows(text: str) -> Iterator[tuple[int, Any]]:
    # Not splitlines: a JSON string may hold U+2028, which is no line's end here.
    for line, words in enumerate(text.split("\n"), start=1):
        if words.strip():
            yield line, words


def _csv_rows(text: str, path: Path) -> Iterator[tuple[int, Any]]:
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    if len(set(reader.fieldnames)) < len(reader.fieldnames):
        raise UnreadableFile(path, "two of its columns have the same name; rename one")
    first = 2
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield first, error
            return
        if row is None:
            return
        line, first = first, reader.line_num + 1
        if any(row.values()):
            yield line, row


def _pair(row: Any) -> Gold:
    if isinstance(row, str):
        try:
            row = json.loads(row)
        except json.JSONDecodeError as error:
            raise ValueError(f"not JSON ({error.msg} at column {error.colno})") from None
        except RecursionError:
            raise ValueError("not JSON of ours (nested too deeply)") from None
        if not isinstance(row, dict):
            raise ValueError('not an object: write {"question": …, "answers": […]}')
    else:
        row = _from_cells(row)
    row = {name: value for name, value in row.items() if value is not None}
    if unknown := sorted(set(row) - set(Gold.__dataclass_fields__)):
        known = ", ".join(Gold.__dataclass_fields__)
        raise ValueError(f"unknown field {unknown[0]!r}; the fields are {known}")
    values: dict[str, Any] = {name: _checked(name, value) for name, value in row.items()}
    if not values.get("question"):
        raise ValueError("the question is missing")
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("it holds half a character; save it as UTF-8") from None
    answers = values.get("answers", ())
    tells = answers or values.get("articles") or values.get("quotes")
    values.setdefault("answerable", bool(tells))
    if answers and not values["answerable"]:
        raise ValueError("it is marked as not answerable, and has answers")
    return Gold(**values)


def _from_cells(row: dict[str | None, Any]) -> dict[str, Any]:
    """A CSV row as the object that JSON Lines would hold."""
    if None in row:
        raise ValueError("more cells than the header has names; put quotes around commas")
    cells = {str(name): (value or "").strip() for name, value in row.items()}
    found: dict[str, Any] = {name: value for name, value in cells.items() if value}
    for name in LISTS:
        if name in found and not found[name].startswith("["):
            found[name] = [part.strip() for part in found[name].split("|")]
    for name in (*LISTS, "history"):
        if isinstance(found.get(name), str):
            try:
                found[name] = json.loads(found[name])
            except (json.JSONDecodeError, RecursionError):
                raise ValueError(f"{name} is not a JSON list") from None
    if "answerable" in found:
        said = found["answerable"].lower()
        if said not in ("true", "false", "yes", "no", "1", "0"):
            raise ValueError(f"answerable is {found['answerable']!r}: write true or false")
        found["answerable"] = said in ("true", "yes", "1")
    return found


def _checked(name: str, value: Any) -> Any:
    """The value as `Gold` keeps it."""
    if name in LISTS or (name == "outlet" and isinstance(value, list)):
        several = [value] if isinstance(value, str) else value
        if not isinstance(several, list) or not all(isinstance(one, str) for one in several):
            raise ValueError(f"{name} is not a list of texts")
        if not all(one.strip() for one in several):
            raise ValueError(f"{name} holds an empty text")
        return tuple(one.strip() for one in several)
    if name == "history":
        turns = value if isinstance(value, list) else [value]
        try:
            return tuple({"role": str(t["role"]), "content": str(t["content"])} for t in turns)
        except (TypeError, KeyError):
            raise ValueError('history is not a list of {"role": …, "content": …}') from None
    if name == "answerable":
        if not isinstance(value, bool):
            raise ValueError(f"answerable is {value!r}: write true or false")
        return value
    if not isinstance(value, str):
        raise ValueError(f"{name} is {value!r}: write it as text")
    if name in ("since", "until"):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise ValueError(f"{name} is {value!r}: write a day as 2024-09-04") from None
    return value.strip()

"""SQuAD's own files, v1.1 and v2.0, as articles and gold pairs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from qa.errors import UnreadableFile
from qa.evaluation.gold import Gold, GoldFile, Problem


def load_squad(path: Path, folder: Path) -> GoldFile:
    """Write one article for each entry of `data` into `folder`; return the questions as gold.

    A paragraph of the data is a paragraph of the article; one that comes twice is written once.

    Raises:
        UnreadableFile: there is no such file, or it is not SQuAD's.
    """
    found = GoldFile(str(path))
    for number, entry in enumerate(_entries(path)):
        title = str(entry.get("title") or "Untitled").replace("_", " ").strip()
        name = f"{number + 1:04}-{re.sub(r'[^a-z0-9]+', '-', title.lower()).strip('-')[:60]}.txt"
        paragraphs = entry.get("paragraphs") or []
        texts = dict.fromkeys(str(paragraph.get("context", "")).strip() for paragraph in paragraphs)
        (folder / name).write_text("\n\n".join([title, *texts]) + "\n", "utf-8")
        for paragraph in paragraphs:
            for asked in paragraph.get("qas") or []:
                _add(found, asked, name)
    if not found.pairs:
        raise UnreadableFile(path, "it holds no questions; give a SQuAD v1.1 or v2.0 file")
    return found


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise UnreadableFile(path, "there is no such file; check the path") from None
    except (ValueError, OSError):
        raise UnreadableFile(path, "it is not a JSON file; give a SQuAD file") from None
    entries = content.get("data") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UnreadableFile(path, 'it has no list "data"; give a SQuAD v1.1 or v2.0 file')
    return entries


def _add(found: GoldFile, asked: dict[str, Any], article: str) -> None:
    question = str(asked.get("question") or "").strip()
    answers = tuple(
        dict.fromkeys(str(one.get("text", "")).strip() for one in asked.get("answers") or [])
    )
    answers = tuple(answer for answer in answers if answer)
    impossible = bool(asked.get("is_impossible"))
    if not question or (not answers and not impossible):
        reason = f"question {asked.get('id', '?')} has no {'answer' if question else 'words'}"
        found.problems.append(Problem(found.path, 0, f"{found.path}: {reason}"))
        return
    found.pairs.append(
        Gold(
            question=question,
            answers=() if impossible else answers,
            articles=() if impossible else (article,),
            answerable=not impossible,
        )
    )
    found.lines.append(0)

"""Imports go down only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import qa

ROOT = Path(__file__).parents[1]

# From the ground up. A module may import from its own rung and from those below it.
LADDER = (
    ("vectorstore",),
    ("qa.records", "qa.errors"),
    ("qa.config", "qa.trace", "qa.metrics", "qa.llm", "qa.language", "qa.printable"),
    ("qa.articles",),
    ("qa.reader",),
    ("qa.retrieval",),
    ("qa.checking",),
    ("qa.answering",),
    ("qa.ingestion",),
    ("qa.assistant",),
    ("qa.terminal", "qa.options", "qa.training"),
    ("qa.chat", "qa.evaluation"),
    ("qa.__main__",),
    ("ui",),
)
FILES = [
    path
    for folder in ("qa", "vectorstore")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path != ROOT / "qa" / "__init__.py"
] + [ROOT / "ui.py"]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def rung(module: str) -> int:
    for height, names in enumerate(LADDER):
        if any(module == name or module.startswith(f"{name}.") for name in names):
            return height
    return -1


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    ours = {name for name in found if name.split(".")[0] in {"qa", "vectorstore", "ui"}}
    # `from qa import Assistant` imports from the module that the name lives in.
    return {f"{qa._HOME[name[3:]]}.{name[3:]}" if name[3:] in qa._HOME else name for name in ours}


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_module_stands_on_a_rung_and_imports_nothing_above_it(path: Path) -> None:
    height = rung(module_of(path))
    assert height >= 0, f"{module_of(path)} has no rung"
    assert all(rung(name) >= 0 for name in imported(path))
    climbing = {name for name in imported(path) if rung(name) > height}
    if module_of(path) == "qa.__main__":
        climbing -= {"ui"}  # `footnote serve` is the chat
    assert not climbing


@pytest.mark.parametrize("path", [ROOT / "ui.py", *sorted((ROOT / "qa/chat").glob("*.py"))])
def test_the_chat_uses_public_names_only(path: Path) -> None:
    names = {name for name in imported(path) if not name.startswith("qa.chat")}
    public = {f"{qa._HOME[name]}.{name}" for name in qa.__all__}
    assert names <= public | {"qa.__main__.main"}

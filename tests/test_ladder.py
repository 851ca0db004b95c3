"""Imports go down only."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import qa

ROOT = Path(__file__).parents[1]

# From the ground up. A module may import from its own rung and from those below it.
LADDER = (
    ("vectorstore",),
    ("qa.records", "qa.errors"),
    (
        "qa.config",
        "qa.selecting",
        "qa.trace",
        "qa.metrics",
        "qa.llm",
        "qa.language",
        "qa.printable",
        "qa.keeping",
    ),
    ("qa.articles",),
    ("qa.provenance",),
    ("qa.reader", "qa.fetching"),
    ("qa.retrieval",),
    ("qa.checking",),
    ("qa.answering",),
    ("qa.ingestion", "qa.returning", "qa.upkeep", "qa.loaded"),
    ("qa.adding",),
    ("qa.holdings", "qa.llamaindex"),
    ("qa.assistant",),
    ("qa.terminal", "qa.options", "qa.training", "qa.conversations"),
    ("qa.chat", "qa.evaluation", "qa.maintenance", "qa.removing"),
    ("qa.serving",),
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


def modules(names: set[str]) -> set[str]:
    """The modules that imported names live in."""
    known = {module_of(path) for path in FILES}
    return {name if name in known else name.rpartition(".")[0] for name in names}


def room(module: str) -> str:
    """The innermost folder of modules, where no other folder stands in it; else the module."""
    package = module.rpartition(".")[0]
    rooms = list((ROOT / package.replace(".", "/")).glob("*/__init__.py"))
    return module if rooms or package in {"qa", ""} else package


def package(module: str) -> str:
    """`qa.answering` for all that stands in it."""
    return ".".join(module.split(".")[:2])


def circles(of: Callable[[str], str]) -> set[tuple[str, ...]]:
    """What imports itself in the end; `of` says what counts as one: a module or a folder."""
    graph: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        here = of(module_of(path))
        graph[here] |= {of(name) for name in modules(imported(path))} - {here}
    return _circles(graph)


def _circles(graph: Mapping[str, set[str]]) -> set[tuple[str, ...]]:
    reached = {start: _reached(graph, start) for start in graph}
    return {
        tuple(sorted(other for other in reached[one] if one in reached.get(other, ())))
        for one in graph
        if one in reached[one]
    }


def _reached(graph: Mapping[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    ahead = set(graph.get(start, ()))
    while ahead:
        reached |= ahead
        ahead = {name for one in ahead for name in graph.get(one, ())} - reached
    return reached


@pytest.mark.parametrize("of", [str, room, package])
def test_nothing_imports_what_imports_it(of: Callable[[str], str]) -> None:
    assert not circles(of)


def test_a_circle_is_found() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}
    assert _circles(graph) == {("a", "b", "c")}


@pytest.mark.parametrize("path", [ROOT / "ui.py", *sorted((ROOT / "qa/chat").glob("*.py"))])
def test_the_chat_uses_public_names_only(path: Path) -> None:
    names = {n for n in imported(path) if not n.startswith(("qa.chat.", "qa.serving."))}
    public = {f"{qa._HOME[name]}.{name}" for name in qa.__all__}
    assert names <= public | {"qa.__main__.main"}

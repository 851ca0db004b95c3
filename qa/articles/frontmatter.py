"""Front matter: the fields above a Markdown article, each as the words that were written there."""

from __future__ import annotations

import re

import yaml

from qa.articles.metadata import detail

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"[A-Za-z_ -]+")
_LONGEST = 20_000  # characters that are looked at; the rest is passed over
_DEEPEST = 10
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def split_front(raw: str) -> tuple[dict[str, str], str]:
    """Return the fields, their names in lower case, and what stands below them."""
    raw = raw.lstrip()
    front = _FRONT.match(raw)
    if not front:
        return {}, raw
    return _fields(front[1][:_LONGEST]), raw[front.end() :]


def _fields(front: str) -> dict[str, str]:
    """Read the front matter as YAML, or line by line where it is not YAML as people write it."""
    try:
        root = _Loader(front).get_single_node()
    except yaml.YAMLError:
        root = None
    if not isinstance(root, yaml.MappingNode):
        return dict(_by_lines(front))
    return {_words(key).lower(): _words(value) for key, value in root.value}


def _by_lines(front: str) -> list[tuple[str, str]]:
    parted = (line.partition(":") for line in front.split("\n"))
    return [
        (key.strip().lower(), detail(value.strip("\"' ")))
        for key, colon, value in parted
        if colon and _KEY.fullmatch(key)
    ]


class _Loader(yaml.BaseLoader):
    """Nodes alone, no values made of them: a title of 0x1F, No or 12:30 stays what was written.

    An alias may stand for as much as it likes, and nesting for as deep: neither belongs here.
    """

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self._depth += 1
        if self._depth > _DEEPEST or self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _words(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return detail(", ".join(filter(None, map(_words, node.value))))
    if not isinstance(node, yaml.ScalarNode):
        return ""
    plain = node.style is None  # not quoted
    return "" if plain and node.value in _NULLS else detail(node.value)

"""LlamaIndex's scored passages, typed as what ours always are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from llama_index.core.schema import NodeWithScore, TextNode


def text_nodes(passages: Sequence[NodeWithScore]) -> list[TextNode]:
    """The passages without their scores; every passage of ours is a `TextNode`."""
    return [cast(TextNode, passage.node) for passage in passages]

"""`python -m qa.training.embedding FOLDER…`: how high all-MiniLM-L6-v2's channels run.

Written to `vectorstore/minilm.peaks.npy`, float16 [layers, places, channels]: before attention's
three matrices, before the one after it, before the feed-forward. `vectorstore/rounding.py` makes
8-bit matrices by it. What ships was seen on `seeds` and `tests/data/news`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from transformers import AutoModel, AutoTokenizer

import vectorstore
from qa.articles import find_files, read_article
from qa.articles.passages import passages
from qa.errors import UnreadableFile
from qa.training.peaks import Inputs, peaks
from vectorstore.embedding import Embedding, packaged_folder
from vectorstore.rounding import LAYERS

_PLACES = ("attention.self.query", "attention.output.dense", "intermediate.dense")


def main(folders: list[Path]) -> None:
    """Look at every passage of the folders, and write the file."""
    model = AutoModel.from_pretrained(str(packaged_folder())).eval()
    seen = peaks(model, (inputs for folder in folders for inputs in _inputs(folder)), _PLACES)
    heights = [
        [seen[f"encoder.layer.{layer}.{place}"] for place in _PLACES] for layer in range(LAYERS)
    ]
    file = Path(vectorstore.__file__).with_name("minilm.peaks.npy")
    np.save(file, np.array(heights, np.float16))


def _inputs(folder: Path) -> Iterator[Inputs]:
    embedding = Embedding.open()
    tokenizer = AutoTokenizer.from_pretrained(str(packaged_folder()))
    for file in find_files(folder):
        try:
            article = read_article(file, root=folder) if isinstance(file, Path) else None
        except UnreadableFile:
            continue
        for node in passages(article, embedding.piece_counts) if article else ():
            pieces = tokenizer(node.embedded, return_tensors="pt")
            yield pieces["input_ids"], pieces["attention_mask"], pieces["token_type_ids"]


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])

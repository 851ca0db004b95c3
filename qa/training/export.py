"""From trained weights to the file that ships: an ONNX graph with matrices of 8-bit integers.

Written operator by operator, since what exporters and quantizers make of the network runs a fifth
longer and strays further from full precision: three matrices of attention are multiplied as one,
and the feed-forward's way down has a scale for each piece. There a piece, mostly a mark, runs so
high that one scale for all would drown the rest.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from qa.training.graph import Graph
from qa.training.network import Network
from qa.training.peaks import Peaks

ALPHA = 0.8  # how much of the difference between channels moves into the weights

Values = NDArray[np.float32]
PIECES = 256  # the longest window
INT32 = 6  # as ONNX numbers the types
LATIN = 0x250  # where Latin script ends
AXES = ["passages", "pieces"]


def export(network: Network, peaks: Peaks, tokenizer: Tokenizer, path: Path) -> None:
    """Writes the network as int8 ONNX; `peaks` show how high its channels run.

    The file takes whole windows, of one length if several: it has no attention mask. Of the
    tokenizer's pieces it knows those of Latin script; the others are unknown to it.
    """
    _Export(network, peaks, tokenizer).save(path)


@dataclass(frozen=True, slots=True)
class _Names:
    """What an encoder calls the parts of a layer's attention."""

    query: str
    key: str
    value: str
    out: str
    norm: str


_NAMES = {
    "bert": _Names("self.query", "self.key", "self.value", "output.dense", "output.LayerNorm"),
    "mpnet": _Names("attn.q", "attn.k", "attn.v", "attn.o", "LayerNorm"),
}


class _Export:
    def __init__(self, network: Network, peaks: Peaks, tokenizer: Tokenizer) -> None:
        self._graph = Graph()
        self._peaks = peaks
        self._kept, self._rows = vocabulary(tokenizer)
        self._config = network.encoder.config
        self._names = _NAMES[self._config.model_type]
        self._relative = self._config.model_type == "mpnet"
        self._weights: dict[str, Values] = {
            name: values.detach().float().numpy() for name, values in network.state_dict().items()
        }

    def save(self, path: Path) -> None:
        add, axis = self._graph.add, self._graph.integers
        hidden = self._embeddings()
        bias = self._distances() if self._relative else ""
        for number in range(self._config.num_hidden_layers):
            layer = f"encoder.encoder.layer.{number}."
            attended = self._attention(hidden, layer + "attention.", bias)
            hidden = self._norm(attended, hidden, f"{layer}attention.{self._names.norm}")
            hidden = self._norm(
                self._feed_forward(hidden, layer), hidden, layer + "output.LayerNorm"
            )
        start, end, evidence = self._graph.split(self._whole(hidden, "qa_outputs"), 3)
        first = add("Gather", hidden, self._graph.weight("first", np.array(0, np.int64)), axis=1)
        pooled = add("Tanh", self._multiply(first, *self._linear("dense"), "dense"))
        answerable = self._whole(pooled, "answerable")
        self._graph.save(
            path,
            {"input_ids": AXES} | ({} if self._relative else {"token_type_ids": AXES}),
            {
                "start": (add("Squeeze", start, axis(2)), AXES),
                "end": (add("Squeeze", end, axis(2)), AXES),
                "answerable": (add("Squeeze", answerable, axis(1)), AXES[:1]),
                "evidence": (add("Squeeze", evidence, axis(2)), AXES),
                "support": (self._whole(pooled, "support"), [AXES[0], "labels"]),
            },
        )

    def _embeddings(self) -> str:
        add, name = self._graph.add, "encoder.embeddings."
        words, scale = quantise(self._weights[name + "word_embeddings.weight"][self._kept])
        rows = add("Gather", self._graph.weight("rows", self._rows), "input_ids")
        word = add(
            "Mul",
            add("Cast", add("Gather", self._graph.weight("words", words), rows), to=1),
            add("Gather", self._graph.weight("words.scale", scale[:, None]), rows),
        )
        places = self._weights[name + "position_embeddings.weight"]
        if self._relative:
            places = places[self._config.pad_token_id + 1 :]  # as RoBERTa counts
        else:
            kinds = self._weight(name + "token_type_embeddings.weight")
            word = add("Add", word, add("Gather", kinds, "token_type_ids"))
        place = self._first(self._graph.weight(name + "places", places[:PIECES]), 0)
        return self._norm(word, place, name + "LayerNorm")

    def _distances(self) -> str:
        """What MPNet adds to attention's scores, [heads, pieces, pieces], for how far apart."""
        from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

        table = self._weights["encoder.encoder.relative_attention_bias.weight"]
        apart = torch.arange(PIECES)[None] - torch.arange(PIECES)[:, None]
        nearness: Any = MPNetEncoder.relative_position_bucket
        buckets = nearness(apart, num_buckets=len(table)).numpy()
        shown = self._first(self._graph.weight("buckets", buckets.astype(np.uint8)), 0, 1)
        shown = self._graph.add("Cast", shown, to=INT32)
        bias = self._graph.add("Gather", self._graph.weight("distances", table), shown)
        return self._graph.add("Transpose", bias, perm=[2, 0, 1])

    def _first(self, values: str, *axes: int) -> str:
        """As much of a constant along these axes as there are pieces."""
        add, count = self._graph.add, len(axes)
        pieces = add("Shape", "input_ids", start=1, end=2)
        ends = add("Concat", *[pieces] * count, axis=0) if count > 1 else pieces
        return add(
            "Slice",
            values,
            self._graph.integers(*[0] * count),
            ends,
            self._graph.integers(*axes),
        )

    def _attention(self, hidden: str, layer: str, bias: str) -> str:
        add, axis = self._graph.add, self._graph.integers
        names = [layer + part for part in (self._names.query, self._names.key, self._names.value)]
        width = self._config.hidden_size
        each = width // self._config.num_attention_heads
        shape = axis(0, 0, self._config.num_attention_heads, each)
        query, key, value = (
            add("Reshape", part, shape)
            for part in self._graph.split(self._smooth(hidden, names, layer + "joint"), 3)
        )
        root = self._graph.weight("root", np.array(each**-0.5, np.float32))
        scores = add(
            "MatMul",
            add("Mul", add("Transpose", query, perm=[0, 2, 1, 3]), root),
            add("Transpose", key, perm=[0, 2, 3, 1]),
        )
        scores = add("Add", scores, bias) if bias else scores
        mixed = add(
            "MatMul", add("Softmax", scores, axis=-1), add("Transpose", value, perm=[0, 2, 1, 3])
        )
        joined = add("Reshape", add("Transpose", mixed, perm=[0, 2, 1, 3]), axis(0, 0, width))
        name = layer + self._names.out
        return self._multiply(joined, *self._linear(name), name)

    def _feed_forward(self, hidden: str, layer: str) -> str:
        add, name = self._graph.add, layer + "output.dense"
        wide = self._smooth(hidden, [layer + "intermediate.dense"], layer + "intermediate.dense")
        wide = self._graph.add_contrib("Gelu", wide)
        # Each piece by its own highest value, and afterwards back. GELU's lowest is -0.17.
        highest = add("ReduceMax", add("Abs", wide), self._graph.integers(-1), keepdims=1)
        matrix, bias = self._linear(name)
        narrow = self._multiply(add("Div", wide, highest), matrix, None, name)
        return add("Add", add("Mul", narrow, highest), self._graph.weight(name + ".bias", bias))

    def _smooth(self, hidden: str, names: list[str], joint: str) -> str:
        """Several matrices as one, the difference between the channels moved into the weights.

        After a layer norm a few channels run far higher than the rest, and the scale of an int8
        activation is the highest one's (SmoothQuant: Xiao and others, 2023, equation 4).
        """
        parts = [self._linear(name) for name in names]
        matrix = np.concatenate([weights for weights, _ in parts])
        peak = np.max([self._peaks[name] for name in names], axis=0).clip(1e-5)
        scale = peak**ALPHA / np.abs(matrix).max(0).clip(1e-5) ** (1 - ALPHA)
        shrunk = self._graph.add("Mul", hidden, self._graph.weight(joint + ".shrink", 1 / scale))
        bias = np.concatenate([values for _, values in parts])
        return self._multiply(shrunk, matrix * scale, bias, joint)

    def _multiply(self, values: str, matrix: Values, bias: Values | None, name: str) -> str:
        """By a matrix [features, channels] in 8 bits, the values rounded as they come."""
        weight = self._graph.weight
        rounded, scale = quantise(matrix)
        inputs = [values, weight(name + ".int8", rounded.T), weight(name + ".scale", scale), ""]
        if bias is not None:
            inputs.append(weight(name + ".bias", bias))
        return self._graph.add_contrib("DynamicQuantizeMatMul", *inputs)

    def _norm(self, values: str, beside: str, name: str) -> str:
        return self._graph.add(
            "LayerNormalization",
            self._graph.add("Add", values, beside),
            self._weight(name + ".weight"),
            self._weight(name + ".bias"),
            axis=-1,
            epsilon=self._config.layer_norm_eps,
        )

    def _whole(self, values: str, name: str) -> str:
        """By a small matrix in full precision."""
        matrix, bias = self._linear(name)
        product = self._graph.add("MatMul", values, self._graph.weight(name + ".weight", matrix.T))
        return self._graph.add("Add", product, self._graph.weight(name + ".bias", bias))

    def _linear(self, name: str) -> tuple[Values, Values]:
        return self._weights[name + ".weight"], self._weights[name + ".bias"]

    def _weight(self, name: str) -> str:
        return self._graph.weight(name, self._weights[name])


def vocabulary(tokenizer: Tokenizer) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The pieces whose vectors are kept, and for each piece of the tokenizer the row it then has.

    Two and a half thousand pieces are single characters of other scripts, or of none; the network
    never met them often enough to read them, and together they weigh two megabytes.
    """
    pieces = tokenizer.get_vocab()
    unknown = next(pieces[mark] for mark in ("[UNK]", "<unk>") if mark in pieces)
    kept = np.array(sorted(n for piece, n in pieces.items() if _legible(piece)), np.int32)
    rows = np.full(max(pieces.values()) + 1, np.searchsorted(kept, unknown), np.int32)
    rows[kept] = np.arange(len(kept))
    return kept, rows


def _legible(piece: str) -> bool:
    inside = piece.removeprefix("##")
    return not inside.startswith("[unused") and all(
        ord(letter) < LATIN or unicodedata.category(letter)[0] in "PS" for letter in inside
    )


def quantise(matrix: Values) -> tuple[NDArray[np.int8], Values]:
    """Rows in steps of their own: int8 [rows, columns] and the size of a step [rows]."""
    scale = np.abs(matrix).max(1).clip(1e-12) / 127
    return np.round(matrix / scale[:, None]).astype(np.int8), scale.astype(np.float32)

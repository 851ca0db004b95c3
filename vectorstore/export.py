"""Writes `minilm.onnx`: the computation of all-MiniLM-L6-v2 in 8-bit integers, without its weights.

Run by hand, once, with the package `onnx` installed: `python -m vectorstore.export`. The weights
keep the names that they have in the model's file; `rounding.py` makes integers of them at load.

Written operator by operator: ONNX Runtime's own fusions of a layer norm with what stands before it
run seven times as long as the two by themselves. There is no attention mask: with the padding it
would take a fifth of the time, so texts that go in together have one length.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onnx import TensorProto, helper  # type: ignore[import-not-found,unused-ignore]

_HIDDEN, _INNER, _LAYERS, _HEADS = 384, 1536, 6, 12
_WORDS, _POSITIONS, _TYPES = 30522, 512, 2
_LOWEST = 0.17  # GELU's, below zero
_ONNX_RUNTIME = "com.microsoft"


class _Graph:
    """An ONNX graph that grows by one operation at a time."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._initializers: dict[str, Any] = {}

    def op(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        output = f"{kind}_{len(self._nodes)}"
        self._nodes.append(
            helper.make_node(kind, list(inputs), [output], domain=domain, **attributes)
        )
        return output

    def weight(self, name: str, *shape: int, kind: int = TensorProto.FLOAT) -> str:
        tensor = TensorProto(name=name, data_type=kind, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="model.safetensors")
        self._initializers[name] = tensor
        return name

    def integer(self, value: int) -> str:
        name = f"integer_{value}"
        self._initializers[name] = helper.make_tensor(name, TensorProto.INT64, [1], [value])
        return name

    def number(self, value: float) -> str:
        name = f"number_{value:.4g}"
        self._initializers[name] = helper.make_tensor(name, TensorProto.FLOAT, [], [value])
        return name

    def rounded(self, x: str, step: str, zero: int) -> tuple[str, str, str]:
        """`x` in whole steps, where `zero` stands for 0; with the step and the zero."""
        name = f"zero_{zero}"
        self._initializers[name] = helper.make_tensor(name, TensorProto.UINT8, [], [zero])
        return self.op("QuantizeLinear", x, step, name), step, name

    def linear(
        self, x: tuple[str, str, str], name: str, size_in: int, size_out: int, *, bias: bool = True
    ) -> str:
        integers = self.weight(f"{name}.int8", size_in, size_out, kind=TensorProto.INT8)
        scale = self.weight(f"{name}.scale", size_out)
        added = [self.weight(f"{name}.bias", size_out)] if bias else []
        values, step, zero = x
        inputs = [values, integers, step, scale, zero, "", *added]
        return self.op("MatMulIntegerToFloat", *inputs, domain=_ONNX_RUNTIME)

    def norm(self, x: str, name: str) -> str:
        weights = self.weight(f"{name}.weight", _HIDDEN), self.weight(f"{name}.bias", _HIDDEN)
        return self.op("LayerNormalization", x, *weights, epsilon=1e-12, axis=-1)

    def model(self, output: str) -> Any:
        self._nodes.append(helper.make_node("Identity", [output], ["vectors"]))
        ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "pieces"])
        vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", _HIDDEN])
        graph = helper.make_graph(
            self._nodes, "minilm", [ids], [vectors], list(self._initializers.values())
        )
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid(_ONNX_RUNTIME, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def build() -> Any:
    """The model: embeddings, six layers of BERT, mean over the text's pieces, of length one."""
    g = _Graph()
    x = _embeddings(g)
    for layer in range(_LAYERS):
        x = _layer(g, x, f"encoder.layer.{layer}")
    mean = g.op("ReduceMean", x, g.integer(1), keepdims=0)
    return g.model(g.op("LpNormalization", mean, axis=1, p=2))


def _embeddings(g: _Graph) -> str:
    words = g.op("Gather", g.weight("embeddings.word_embeddings.weight", _WORDS, _HIDDEN), "ids")
    pieces = g.op("Slice", g.op("Shape", "ids"), g.integer(1), g.integer(2))
    positions = g.op(
        "Slice",
        g.weight("embeddings.position_embeddings.weight", _POSITIONS, _HIDDEN),
        g.integer(0),
        pieces,
        g.integer(0),
    )
    kind = g.op(
        "Slice",
        g.weight("embeddings.token_type_embeddings.weight", _TYPES, _HIDDEN),
        g.integer(0),
        g.integer(1),
        g.integer(0),
    )
    return g.norm(g.op("Add", g.op("Add", words, positions), kind), "embeddings.LayerNorm")


def _layer(g: _Graph, x: str, name: str) -> str:
    attention, inner = f"{name}.attention", f"{name}.intermediate"
    even = _evened(g, x, attention)
    projections = ("query", "key", "value")
    parts = [g.linear(even, f"{attention}.self.{p}", _HIDDEN, _HIDDEN) for p in projections]
    heads = g.op("MultiHeadAttention", *parts, domain=_ONNX_RUNTIME, num_heads=_HEADS)
    heads_rounded = g.rounded(heads, g.weight(f"{attention}.output.step"), 128)
    attended = g.linear(heads_rounded, f"{attention}.output.dense", _HIDDEN, _HIDDEN)
    x = g.norm(g.op("Add", x, attended), f"{attention}.output.LayerNorm")
    wide = g.linear(_evened(g, x, inner), f"{inner}.dense", _HIDDEN, _INNER)
    outer = _narrowed(g, g.op("Gelu", wide), f"{name}.output.dense")
    return g.norm(g.op("Add", x, outer), f"{name}.output.LayerNorm")


def _evened(g: _Graph, x: str, place: str) -> tuple[str, str, str]:
    """Rounded after the channels that run high are made smaller; the matrix makes up for it."""
    shrunk = g.op("Mul", x, g.weight(f"{place}.shrink", _HIDDEN))
    return g.rounded(shrunk, g.weight(f"{place}.step"), 128)


def _narrowed(g: _Graph, wide: str, name: str) -> str:
    """Down again, each piece rounded by its own highest value: some run ten times as high."""
    top = g.op("ReduceMax", wide, g.integer(-1), keepdims=1)
    top = g.op("Max", top, g.number(1.0))  # so that the lowest is never below -0.17 of it
    step = (1 + _LOWEST) / 255
    rounded = g.rounded(g.op("Div", wide, top), g.number(step), round(_LOWEST / step))
    narrow = g.linear(rounded, name, _INNER, _HIDDEN, bias=False)
    return g.op("Add", g.op("Mul", narrow, top), g.weight(f"{name}.bias", _HIDDEN))


if __name__ == "__main__":
    Path(__file__).with_name("minilm.onnx").write_bytes(build().SerializeToString())

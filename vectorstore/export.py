"""Writes `minilm.onnx`: the computation of all-MiniLM-L6-v2, without its weights.

Run by hand, once, with the package `onnx` installed: `python -m vectorstore.export`. The weights
keep the names that they have in the model's file; `minilm.py` hands them over at load.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onnx import TensorProto, helper  # type: ignore[import-not-found,unused-ignore]

_HIDDEN, _INNER, _LAYERS, _HEADS = 384, 1536, 6, 12
_WORDS, _POSITIONS, _TYPES = 30522, 512, 2


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

    def weight(self, name: str, *shape: int) -> str:
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="model.safetensors")
        self._initializers[name] = tensor
        return name

    def integer(self, value: int) -> str:
        name = f"integer_{value}"
        self._initializers[name] = helper.make_tensor(name, TensorProto.INT64, [1], [value])
        return name

    def linear(self, x: str, name: str, size_in: int, size_out: int) -> str:
        product = self.op("MatMul", x, self.weight(f"{name}.weight", size_in, size_out))
        return self.op("Add", product, self.weight(f"{name}.bias", size_out))

    def norm(self, x: str, name: str) -> str:
        weights = self.weight(f"{name}.weight", _HIDDEN), self.weight(f"{name}.bias", _HIDDEN)
        return self.op("LayerNormalization", x, *weights, epsilon=1e-12, axis=-1)

    def model(self, output: str) -> Any:
        self._nodes.append(helper.make_node("Identity", [output], ["vectors"]))
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "pieces"])
            for name in ("ids", "mask")
        ]
        vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", _HIDDEN])
        graph = helper.make_graph(
            self._nodes, "minilm", inputs, [vectors], list(self._initializers.values())
        )
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def build() -> Any:
    """The model: embeddings, six layers of BERT, mean over the text's pieces, length one."""
    g = _Graph()
    x = _embeddings(g)
    mask = g.op("Cast", "mask", to=TensorProto.INT32)
    for layer in range(_LAYERS):
        x = _layer(g, x, mask, f"encoder.layer.{layer}")
    real = g.op("Unsqueeze", g.op("Cast", "mask", to=TensorProto.FLOAT), g.integer(2))
    total = g.op("ReduceSum", g.op("Mul", x, real), g.integer(1), keepdims=0)
    mean = g.op("Div", total, g.op("ReduceSum", real, g.integer(1), keepdims=0))
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


def _layer(g: _Graph, x: str, mask: str, name: str) -> str:
    attention = f"{name}.attention"
    projections = ("query", "key", "value")
    parts = [g.linear(x, f"{attention}.self.{p}", _HIDDEN, _HIDDEN) for p in projections]
    heads = g.op("MultiHeadAttention", *parts, "", mask, domain="com.microsoft", num_heads=_HEADS)
    attended = g.linear(heads, f"{attention}.output.dense", _HIDDEN, _HIDDEN)
    x = g.norm(g.op("Add", x, attended), f"{attention}.output.LayerNorm")
    inner = g.op("Gelu", g.linear(x, f"{name}.intermediate.dense", _HIDDEN, _INNER))
    outer = g.linear(inner, f"{name}.output.dense", _INNER, _HIDDEN)
    return g.norm(g.op("Add", x, outer), f"{name}.output.LayerNorm")


if __name__ == "__main__":
    Path(__file__).with_name("minilm.onnx").write_bytes(build().SerializeToString())

"""An ONNX graph as it grows: weights by name, one node after another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

OPSET = 18
IR_VERSION = 9  # ONNX Runtime 1.16 and later read it
CONTRIB = "com.microsoft"  # ONNX Runtime's own operators


class Graph:
    """Each method adds a node and gives the name of what it computes."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._weights: dict[str, Any] = {}

    def weight(self, name: str, values: NDArray[Any]) -> str:
        """A constant; the same name stands for the same values."""
        from onnx import numpy_helper

        if name not in self._weights:
            # Not ascontiguousarray, which makes a scalar a list.
            self._weights[name] = numpy_helper.from_array(np.array(values, order="C"), name)
        return name

    def integers(self, *values: int) -> str:
        """A constant list of integers."""
        return self.weight("integers " + " ".join(map(str, values)), np.array(values, np.int64))

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """An operator of the ONNX standard."""
        return self._node(operator, inputs, attributes, "")

    def add_contrib(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """An operator of ONNX Runtime."""
        return self._node(operator, inputs, attributes, CONTRIB)

    def split(self, values: str, count: int) -> list[str]:
        """Equal parts along the last axis."""
        from onnx import helper

        parts = [f"{values}/{number}" for number in range(count)]
        self._nodes.append(helper.make_node("Split", [values], parts, axis=-1, num_outputs=count))
        return parts

    def save(
        self, path: Path, inputs: dict[str, list[str]], outputs: dict[str, tuple[str, list[str]]]
    ) -> None:
        """Writes the file.

        Args:
            path: of the file.
            inputs: int64 tensors, name to axes.
            outputs: float tensors, name to what it shows and its axes.
        """
        import onnx
        from onnx import TensorProto, helper

        shown = [helper.make_node("Identity", [value], [n]) for n, (value, _) in outputs.items()]
        graph = helper.make_graph(
            self._nodes + shown,
            "reader",
            [helper.make_tensor_value_info(n, TensorProto.INT64, a) for n, a in inputs.items()],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, axes)
                for name, (_, axes) in outputs.items()
            ],
            list(self._weights.values()),
        )
        sets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        onnx.save(helper.make_model(graph, opset_imports=sets, ir_version=IR_VERSION), str(path))

    def _node(
        self, operator: str, inputs: tuple[str, ...], attributes: dict[str, Any], domain: str
    ) -> str:
        from onnx import helper

        output = f"{operator} {len(self._nodes)}"
        self._nodes.append(
            helper.make_node(
                operator, list(inputs), [output], name=output, domain=domain, **attributes
            )
        )
        return output

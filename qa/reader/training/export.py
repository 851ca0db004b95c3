"""From trained weights to the file that ships: ONNX, its matrices as 8-bit integers."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch

from qa.reader.training.network import Network

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("start", "end", "answerable")


def export(network: Network, path: Path) -> None:
    """Writes the network as int8 ONNX.

    The way down from the feed-forward layers is scaled by blocks of 128: a piece here and there,
    mostly a mark, runs so high that one scale for all would drown the rest. Everything else has one
    scale for a matrix's activations and one for each output of its weights, which runs fastest.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    with tempfile.TemporaryDirectory() as folder:
        whole, blocked = Path(folder) / "whole.onnx", Path(folder) / "blocked.onnx"
        export_whole(network, whole)
        model = onnx.load(whole)
        others = [n.name for n in model.graph.node if n.op_type == "MatMul" and not _down(n.name)]
        quantizer = MatMulNBitsQuantizer(
            model, 8, 128, is_symmetric=True, accuracy_level=4, nodes_to_exclude=others
        )
        quantizer.process()
        quantizer.model.save_model_to_file(str(blocked))
        quantize_dynamic(
            blocked,
            path,
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )


def export_whole(network: Network, path: Path) -> None:
    """Writes the network as ONNX in full precision."""
    network.eval()
    ids = torch.ones(2, 8, dtype=torch.long)
    axes = {name: {0: "passages", 1: "pieces"} for name in (*INPUTS, *OUTPUTS[:2])}
    torch.onnx.export(
        network,
        (ids, ids, ids),
        str(path),
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_axes={**axes, "answerable": {0: "passages"}},
        opset_version=17,
        dynamo=False,  # what the newer exporter writes, quantize_dynamic cannot read
    )


def _down(name: str) -> bool:
    return "/output/dense" in name and "attention" not in name

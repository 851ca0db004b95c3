"""From trained weights to the file that ships: ONNX, its matrices as 8-bit integers."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch

from qa.reader.training.network import Network

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("start", "end", "answerable")


def export(network: Network, path: Path) -> None:
    """Writes the network as int8 ONNX: weights by channel, activations as they come."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "reader.onnx"
        export_whole(network, whole)
        quantize_dynamic(whole, path, per_channel=True, weight_type=QuantType.QInt8)


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

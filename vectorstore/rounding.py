"""all-MiniLM-L6-v2's matrices as 8-bit integers, made of the package's own file at each load.

It takes a twentieth of a second, so that no second file of weights has to ship.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = dict[str, NDArray[Any]]

LAYERS = 6
_PEAKS = Path(__file__).with_name("minilm.peaks.npy")  # by `python -m qa.training.embedding`
_ALPHA = 0.8  # how much of the difference between channels moves into the matrices
_MARGIN = 1.1  # other texts may run higher than those that were looked at
_SMALLEST = 1e-5


def rounded(weights: Weights) -> Weights:
    """What the graph wants, from what the model's file holds; `weights` is used up.

    After a layer norm a few channels run far higher than the rest, and one step serves them all:
    so they are made smaller, and their rows of the matrix larger (SmoothQuant: Xiao and others,
    2023, equation 4).
    """
    peaks = np.load(_PEAKS).astype(np.float32) * _MARGIN  # [layers, 3 places, channels]
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        attention, inner, outer = f"{name}.attention", f"{name}.intermediate", f"{name}.output"
        before, within, after = peaks[layer]
        projections = [f"{attention}.self.{part}" for part in ("query", "key", "value")]
        _even(weights, projections, attention, before)
        weights[f"{attention}.output.step"] = _step(within)
        _round(weights, f"{attention}.output.dense")
        _even(weights, [f"{inner}.dense"], inner, after)
        _round(weights, f"{outer}.dense")
    return weights


def _even(weights: Weights, names: list[str], place: str, peak: NDArray[np.float32]) -> None:
    """Round matrices that take the same values, which the graph shrinks before."""
    highest = np.max([np.abs(weights[f"{name}.weight"]).max(0) for name in names], axis=0)
    peak, highest = np.maximum(peak, _SMALLEST), np.maximum(highest, _SMALLEST)
    growth = peak**_ALPHA / highest ** (1 - _ALPHA)
    weights[f"{place}.shrink"] = 1 / growth
    weights[f"{place}.step"] = _step(peak / growth)
    for name in names:
        _round(weights, name, growth)


def _round(weights: Weights, name: str, growth: NDArray[np.float32] | float = 1.0) -> None:
    """A matrix [out, in] in integers [in, out], each output in steps of its own."""
    matrix = weights.pop(f"{name}.weight") * growth
    scale = np.abs(matrix).max(1, keepdims=True) / 127
    weights[f"{name}.int8"] = np.ascontiguousarray(np.round(matrix / scale).astype(np.int8).T)
    weights[f"{name}.scale"] = scale[:, 0]


def _step(peak: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.array(peak.max() / 127, np.float32)

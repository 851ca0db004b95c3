"""How high each channel runs before the encoder's matrices, seen on real pairs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

AFTER_NORM = ("query", "key", "value", "attn.q", "attn.k", "attn.v", "intermediate.dense")

Inputs = tuple[Tensor, Tensor, Tensor]  # ids, mask and types, as the network takes them
Peaks = dict[str, NDArray[np.float32]]  # a matrix's name in the network: [channels]


def peaks(
    network: nn.Module, batches: Iterable[Inputs], before: tuple[str, ...] = AFTER_NORM
) -> Peaks:
    """The highest that each channel runs before the matrices whose names end so.

    After the layer norms a few run far above the others.
    """
    linears = {
        name: module
        for name, module in network.named_modules()
        if isinstance(module, nn.Linear) and name.endswith(before)
    }
    seen = {name: torch.zeros(linear.in_features) for name, linear in linears.items()}
    hooks = [
        linear.register_forward_pre_hook(partial(_raise, seen, name))
        for name, linear in linears.items()
    ]
    with torch.no_grad():
        for batch in batches:
            network(*batch)
    for hook in hooks:
        hook.remove()
    return {name: values.numpy() for name, values in seen.items()}


def _raise(
    seen: dict[str, Tensor], name: str, _module: nn.Module, values: tuple[Tensor, ...]
) -> None:
    """A hook: the highest that each channel of a layer's input has run so far."""
    highest = values[0].abs().flatten(0, -2).amax(0)
    seen[name] = torch.maximum(seen[name], highest)

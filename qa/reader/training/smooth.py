"""Evens out the encoder's channels, so that one scale for all of them costs little in 8 bits.

After a layer norm a few channels run far higher than the rest, and the scale of an int8 activation
is the highest one's. Most of the difference moves into the weights, whose outputs have a scale each
(SmoothQuant: Xiao and others, 2023, equation 4).
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from functools import partial

import torch
from torch import Tensor, nn

from qa.reader.training.network import Network

ALPHA = 0.8  # how much of the difference moves
AFTER_NORM = ("query", "key", "value", "intermediate.dense")

Inputs = tuple[Tensor, Tensor, Tensor]  # ids, mask and types, as the network takes them


class Smoothed(nn.Module):
    """A linear layer that gives the same, its input's channels and its weights rescaled."""

    def __init__(self, linear: nn.Linear, peaks: Tensor) -> None:
        super().__init__()
        weights = linear.weight.abs().amax(0).clamp(min=1e-5)
        scale = peaks.clamp(min=1e-5) ** ALPHA / weights ** (1 - ALPHA)
        self.linear = linear
        self.linear.weight.data *= scale
        self.shrink = nn.Buffer(1 / scale)

    def forward(self, values: Tensor) -> Tensor:
        """[..., channels] to [..., features]."""
        result: Tensor = self.linear(values * self.shrink)
        return result


def smooth(network: Network, batches: Iterable[Inputs]) -> Network:
    """A copy that computes the same; the batches show how high each channel runs."""
    network = copy.deepcopy(network).eval()
    linears = {
        name: module
        for name, module in network.bert.encoder.named_modules()
        if isinstance(module, nn.Linear) and name.endswith(AFTER_NORM)
    }
    peaks = {name: torch.zeros(linear.in_features) for name, linear in linears.items()}
    hooks = [
        linear.register_forward_pre_hook(partial(_raise, peaks, name))
        for name, linear in linears.items()
    ]
    with torch.no_grad():
        for batch in batches:
            network(*batch)
    for hook in hooks:
        hook.remove()
    for name, linear in linears.items():
        parent, _, own = name.rpartition(".")
        setattr(network.bert.encoder.get_submodule(parent), own, Smoothed(linear, peaks[name]))
    return network


def _raise(
    peaks: dict[str, Tensor], name: str, _module: nn.Module, values: tuple[Tensor, ...]
) -> None:
    """A hook: the highest that each channel of a layer's input has run so far."""
    highest = values[0].abs().flatten(0, -2).amax(0)
    peaks[name] = torch.maximum(peaks[name], highest)

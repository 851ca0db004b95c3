"""Evens out the encoder's channels, so that one scale for all of them costs little in 8 bits.

A few channels of a transformer run tens of times higher than the rest, and the scale of an int8
activation is the highest one's. Half of the difference moves into the weights, which have a scale
for each channel (SmoothQuant: Xiao and others, 2023, equation 4 with alpha one half).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from functools import partial

import torch
from torch import Tensor, nn

from qa.reader.training.network import Network

Inputs = tuple[Tensor, Tensor, Tensor]  # ids, mask and types, as the network takes them


class Smoothed(nn.Module):
    """A linear layer that gives the same, its input's channels and its weights rescaled."""

    def __init__(self, linear: nn.Linear, peaks: Tensor) -> None:
        super().__init__()
        scale = (peaks / linear.weight.abs().amax(0).clamp(min=1e-5)).sqrt().clamp(min=1e-5)
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
    linears = {n: m for n, m in network.bert.encoder.named_modules() if isinstance(m, nn.Linear)}
    peaks = {name: torch.zeros(linear.in_features) for name, linear in linears.items()}
    hooks = [
        linear.register_forward_pre_hook(_watch(peaks, name)) for name, linear in linears.items()
    ]
    with torch.inference_mode():
        for batch in batches:
            network(*batch)
    for hook in hooks:
        hook.remove()
    for name, linear in linears.items():
        parent = network.bert.encoder.get_submodule(name.rpartition(".")[0])
        setattr(parent, name.rpartition(".")[2], Smoothed(linear, peaks[name].clone()))
    return network


def _watch(peaks: dict[str, Tensor], name: str) -> Callable[[nn.Module, tuple[Tensor]], None]:
    return partial(_raise_peaks, peaks, name)


def _raise_peaks(
    peaks: dict[str, Tensor], name: str, _module: nn.Module, values: tuple[Tensor]
) -> None:
    highest = values[0].abs().flatten(0, -2).amax(0)
    peaks[name] = torch.maximum(peaks[name], highest)

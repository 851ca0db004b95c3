"""Trains a network: seeded, resumable at any step, on whatever processor there is."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from qa.training.examples import Encoded, Examples
from qa.training.losses import losses, total
from qa.training.network import Network, Outputs

POOL = 128  # groups sorted by length together
GROUPS = 16  # a batch
WARM_UP, DECAY, CLIP = 0.04, 0.01, 1.0
# The rate falls to zero so many times: shares of the run, and how much of the peak rate.
CYCLES = ((0.34, 1.0), (0.33, 0.67), (0.33, 0.47))
SMOOTHING = 0.98  # of the losses that are shown
SAVE_EVERY = 240.0  # seconds

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train: pairs, or minutes of this machine, whichever is over first."""

    pairs: int
    minutes: float = float("inf")
    checkpoint: Path = Path("reader.pt")
    rate: float = 1.5e-4
    head_rate: float = 1e-3


class Trainer:
    """Holds full-precision weights beside the bf16 network that runs."""

    def __init__(self, network: Network, examples: Examples, plan: Plan, device: str = "") -> None:
        """`device`: where it runs; empty: the GPU if there is one, else the processor."""
        self.device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self.master = network.float().to(self.device)
        self.running = copy.deepcopy(network).bfloat16().to(self.device)
        self.examples, self.plan = examples, plan
        encoder = [p for n, p in network.named_parameters() if n.startswith("encoder.")]
        heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
        self.optimizer = torch.optim.AdamW(
            [{"params": encoder, "peak": plan.rate}, {"params": heads, "peak": plan.head_rate}],
            lr=plan.rate,
            weight_decay=DECAY,
            fused=True,
        )
        self.pools = self.pairs = 0
        self.ends: list[dict[str, Tensor]] = []  # the weights where each cycle ended
        self.seconds = 0.0
        self.shown: dict[str, float] = {}

    @property
    def progress(self) -> float:
        """0 to 1."""
        return min(1.0, max(self.pairs / self.plan.pairs, self.seconds / 60 / self.plan.minutes))

    @property
    def cycle(self) -> tuple[int, float]:
        """The present cycle's number, and progress within it, 0 to 1."""
        begun = 0.0
        for number, (share, _) in enumerate(CYCLES):
            if self.progress < begun + share:
                return number, (self.progress - begun) / share
            begun += share
        return len(CYCLES), 1.0

    def run(self, on_progress: Progress) -> Network:
        """Trains to the end of the plan; returns the mean of the cycles' ends, in full precision.

        The mean of networks that lie in one basin errs less than each of them (Wortsman and others,
        "Model soups", ICML 2022).

        `on_progress` hears thousandths, and the losses of each output.
        """
        if self.plan.checkpoint.exists():
            self._resume()
        saved = time.monotonic()
        while self.progress < 1:
            for batch in self._batches():
                began = time.monotonic()
                spoken = self._step(batch)
                self.seconds += time.monotonic() - began
                self.pairs += len(batch)
                on_progress(f"training: {spoken}", round(self.progress * 1000), 1000)
            self.pools += 1
            ended = self.cycle[0] > len(self.ends)
            if ended:
                self.ends.append(copy.deepcopy(self.master.state_dict()))
            if ended or time.monotonic() - saved > SAVE_EVERY or self.progress >= 1:
                self._save()
                saved = time.monotonic()
        mean = {
            name: torch.stack([end[name].float() for end in self.ends]).mean(0)
            for name in self.ends[0]
        }
        self.master.load_state_dict(mean)
        return self.master.cpu()

    def _batches(self) -> list[list[Encoded]]:
        """A pool cut into batches of like length, in random order."""
        groups = self.examples.pool(self.pools, POOL, self.cycle[1])
        groups.sort(key=lambda group: max(len(pair.ids) for pair in group))
        batches = []
        for start in range(0, POOL, GROUPS):
            for number, group in enumerate(groups[start : start + GROUPS]):
                for pair in group:
                    pair.group = number
            batches.append([p for g in groups[start : start + GROUPS] for p in g])
        random.Random(self.pools).shuffle(batches)
        return batches

    def _step(self, batch: Sequence[Encoded]) -> str:
        cycle, share = self.cycle
        peak = CYCLES[min(cycle, len(CYCLES) - 1)][1]
        factor = share / WARM_UP if share < WARM_UP else (1 - share) / (1 - WARM_UP)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * peak * max(factor, 1e-3)
        self.running.train()
        ids, mask, types = tensors(batch, self.running)
        outputs = self.running(*(values.to(self.device) for values in (ids, mask, types)))
        outputs = Outputs(*(values.float().cpu() for values in outputs))
        readable = types.bool()
        readable[:, 0] = True
        found = losses(batch, outputs, readable)
        total(found).backward()  # type: ignore[no-untyped-call]
        self._update()
        for name, loss in found.items():
            before = self.shown.get(name, loss.item())
            self.shown[name] = SMOOTHING * before + (1 - SMOOTHING) * loss.item()
        return " ".join(f"{name} {value:.3f}" for name, value in self.shown.items())

    def _update(self) -> None:
        """The gradients of the bf16 network move the full-precision weights."""
        pairs = list(zip(self.master.parameters(), self.running.parameters(), strict=True))
        for master, running in pairs:
            master.grad = None if running.grad is None else running.grad.float()
            running.grad = None
        nn.utils.clip_grad_norm_(self.master.parameters(), CLIP)
        self.optimizer.step()
        with torch.no_grad():
            for master, running in pairs:
                running.copy_(master)

    def _save(self) -> None:
        state = {
            "network": self.master.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "ends": self.ends,
            "at": (self.pools, self.pairs, self.seconds),
        }
        part = self.plan.checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.plan.checkpoint)

    def _resume(self) -> None:
        state = torch.load(self.plan.checkpoint, weights_only=True, map_location=self.device)
        self.master.load_state_dict(state["network"])
        self.running.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.ends = state["ends"]
        self.pools, self.pairs, self.seconds = state["at"]


def tensors(batch: Sequence[Encoded], network: Network) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and types, [n, pieces], padded on the right."""
    longest = max(len(pair.ids) for pair in batch)
    mask, types = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(2))
    ids = torch.full((len(batch), longest), network.encoder.config.pad_token_id)
    for row, pair in enumerate(batch):
        ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
        mask[row, : len(pair.ids)] = 1
        types[row, : len(pair.ids)] = torch.tensor(pair.types)
    return ids, mask, types

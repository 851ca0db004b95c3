"""What a batch gets wrong: the span, whether there is one, which sentence, and what a claim is."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from qa.training.examples import Encoded
from qa.training.network import Outputs

NULL_WEIGHT = 0.5
WEIGHTS = {"span": 1.0, "answer": 0.5, "rank": 0.5, "evidence": 0.5, "support": 1.0}
OUT_OF_REACH = -1e4


def losses(batch: Sequence[Encoded], outputs: Outputs, readable: Tensor) -> dict[str, Tensor]:
    """The mean loss of each output over the pairs of the batch that teach it.

    Args:
        outputs: in full precision.
        readable: bool [n, pieces], where an answer may stand, the first piece included.
    """
    asked = [n for n, pair in enumerate(batch) if pair.claim is None]
    claimed = [n for n, pair in enumerate(batch) if pair.claim is not None]
    found: dict[str, Tensor] = {}
    if asked:
        found["span"] = _span(batch, outputs, readable)
        label = torch.tensor([float(batch[n].answers) for n in asked])
        found["answer"] = functional.binary_cross_entropy_with_logits(
            outputs.answerable[asked], label
        )
        found["rank"] = _rank(batch, outputs.answerable)
        found["evidence"] = _evidence([batch[n] for n in asked], outputs.evidence[asked])
    if claimed:
        target = torch.tensor([batch[n].claim for n in claimed])
        found["support"] = functional.cross_entropy(outputs.support[claimed], target)
    return found


def total(found: dict[str, Tensor]) -> Tensor:
    """The weighted sum."""
    return torch.stack([WEIGHTS[name] * loss for name, loss in found.items()]).sum()


def _span(batch: Sequence[Encoded], outputs: Outputs, readable: Tensor) -> Tensor:
    """Cross-entropy over all annotators at once; what has no exact span teaches none."""
    weight = torch.tensor(
        [
            0.0 if pair.claim is not None or (pair.answers and not pair.exact)
            else 1.0 if pair.answers else NULL_WEIGHT
            for pair in batch
        ]
    )  # fmt: skip
    loss = torch.zeros(len(batch))
    for logits, places in (
        (outputs.start, [pair.starts for pair in batch]),
        (outputs.end, [pair.ends for pair in batch]),
    ):
        target = torch.zeros_like(logits)
        for row, chosen in enumerate(places):
            for place in chosen:
                target[row, place] += 1 / len(chosen)
        logs = functional.log_softmax(logits.masked_fill(~readable, OUT_OF_REACH), -1)
        loss = loss - (target * logs).sum(-1)
    return (loss * weight).sum() / weight.sum().clamp(min=1.0)


def _rank(batch: Sequence[Encoded], answerable: Tensor) -> Tensor:
    """Pairwise logistic loss between the passages of one question."""
    better = [
        (n, m)
        for n, pair in enumerate(batch)
        for m, other in enumerate(batch)
        if pair.group == other.group and pair.answers and not other.answers
    ]
    if not better:
        return torch.zeros(())
    right, wrong = torch.tensor(better).T
    return functional.softplus(answerable[wrong] - answerable[right]).mean()


def _evidence(batch: Sequence[Encoded], logits: Tensor) -> Tensor:
    """Binary cross-entropy over sentences; a sentence's logit is the mean of its pieces'."""
    rows = [(n, *bounds) for n, pair in enumerate(batch) for bounds in pair.sentences]
    if not rows:
        return torch.zeros(())
    means = torch.stack([logits[n, first : last + 1].mean() for n, first, last, _ in rows])
    label = torch.tensor([float(answers) for *_, answers in rows])
    return functional.binary_cross_entropy_with_logits(means, label)

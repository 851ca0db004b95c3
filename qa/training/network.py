"""The network: an encoder, and on it span, answerability, answering sentences and support."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from transformers import AutoConfig, BertModel, MPNetModel

DROPOUT = 0.05  # a pass over the data is not enough to learn it by heart


class Outputs(NamedTuple):
    """Logits; pieces are padded on the right."""

    start: Tensor  # [n, pieces], the null span at the first piece
    end: Tensor  # [n, pieces]
    answerable: Tensor  # [n]
    evidence: Tensor  # [n, pieces]; a sentence's mean is how well it answers
    support: Tensor  # [n, 3]: of a statement, supported, contradicted, left open


class Network(nn.Module):
    """One pass over question or statement and passage gives all that a reader wants to know."""

    def __init__(self, folder: Path, layers: int | None = None) -> None:
        """`layers`: how many of the encoder's layers to keep, from the bottom; None: all."""
        super().__init__()
        config = AutoConfig.from_pretrained(str(folder))
        kind: Any = {"bert": BertModel, "mpnet": MPNetModel}[config.model_type]
        self.encoder = kind.from_pretrained(
            str(folder),
            add_pooling_layer=False,
            attn_implementation="eager",  # a third faster than sdpa in bf16 on a CPU
            attention_probs_dropout_prob=0.0,  # half of a CPU step otherwise
            hidden_dropout_prob=DROPOUT,
        )
        if layers:
            self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
            self.encoder.config.num_hidden_layers = layers
        self.typed = config.model_type == "bert"  # MPNet tells question and passage by the marks
        width = self.encoder.config.hidden_size
        self.qa_outputs = nn.Linear(width, 3)
        self.dense = nn.Linear(width, width)
        self.answerable = nn.Linear(width, 1)
        self.support = nn.Linear(width, 3)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Outputs:
        """All [n, pieces], integers."""
        types = {"token_type_ids": token_type_ids} if self.typed else {}
        hidden = self.encoder(input_ids, attention_mask, **types).last_hidden_state
        start, end, evidence = self.qa_outputs(hidden).unbind(-1)
        pooled = torch.tanh(self.dense(hidden[:, 0]))
        answerable = self.answerable(pooled).squeeze(-1)
        return Outputs(start, end, answerable, evidence, self.support(pooled))

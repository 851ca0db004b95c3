"""The network: a BERT encoder, start and end logits with the null span at [CLS], answerability."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

DROPOUT = 0.1  # without it the training questions are learned by heart after two passes


class Network(nn.Module):
    """One pass over question and passage gives the span and whether there is one."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            str(folder),
            add_pooling_layer=False,
            attn_implementation="eager",  # a third faster than sdpa in bf16 on a CPU
            attention_probs_dropout_prob=0.0,  # half of a CPU step otherwise
            hidden_dropout_prob=DROPOUT,
        )
        width = self.bert.config.hidden_size
        self.qa_outputs = nn.Linear(width, 2)
        self.dense = nn.Linear(width, width)
        self.answerable = nn.Linear(width, 1)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Start logits [n, pieces], end logits [n, pieces], answerability [n]."""
        hidden = self.bert(input_ids, attention_mask, token_type_ids).last_hidden_state
        start, end = self.qa_outputs(hidden).unbind(-1)
        pooled = torch.tanh(self.dense(hidden[:, 0]))
        return start, end, self.answerable(pooled).squeeze(-1)

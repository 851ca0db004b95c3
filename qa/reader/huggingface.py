"""Another extractive question-answering model in the reader's place, run by transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from qa.errors import ReaderUnavailable
from qa.reader.calibration import Calibration
from qa.reader.confidence import Confidence
from qa.reader.model import Outputs


class HuggingFaceNetwork:
    """Any model that `AutoModelForQuestionAnswering` loads, from a folder or the local cache.

    It has no answerability of its own: by how much a span outweighs the null span stands for it,
    as in SQuAD 2.0, uncalibrated, unless `confidence.json` lies in its folder.
    """

    calibration = Calibration()

    def __init__(self, name: str) -> None:
        """`name`: a folder, or a model's name in the local Hugging Face cache."""
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        try:
            tokenizer: Any = AutoTokenizer.from_pretrained(name, local_files_only=True)
            self._model: Any = AutoModelForQuestionAnswering.from_pretrained(
                name, local_files_only=True
            ).eval()
            self.tokenizer = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
        except (OSError, ValueError, AttributeError) as error:
            raise ReaderUnavailable(
                f"FOOTNOTE_READER={name}: no question-answering model loads from there; "
                "give a folder that save_pretrained wrote, or unset it"
            ) from error
        self.confidence = Confidence.load(Path(name) / "confidence.json")
        self._typed: bool = "token_type_ids" in tokenizer.model_input_names

    def __call__(self, ids: Sequence[int], types: Sequence[int]) -> Outputs:
        import torch

        feed = {"input_ids": torch.tensor([ids])}
        if self._typed:
            feed["token_type_ids"] = torch.tensor([types])
        with torch.inference_mode():
            out = self._model(**feed)
        start, end = out.start_logits[0].float().numpy(), out.end_logits[0].float().numpy()
        return Outputs(start, end, answerable=0.0)

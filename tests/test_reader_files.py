"""The reader's files: missing, broken, calibrated, rounded, or another model's in their place."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from qa.errors import ReaderUnavailable
from qa.reader.calibration import Calibration
from qa.reader.model import CAREFUL, FOLDER, OnnxNetwork
from qa.reader.span_reader import SpanReader

HARBOUR = (
    "Contractors removed 40,000 cubic metres of silt, the port's director told reporters. "
    "The work was paid for by the county."
)
FILLER = "Nothing else of note was said at the meeting, which ended early because of the rain. "


# --- files that are missing or broken ------------------------------------------------------


def _copy(folder: Path) -> Path:
    for name in ("tokenizer.json", "calibration.json"):
        (folder / name).write_bytes((FOLDER / name).read_bytes())
    return folder


@pytest.mark.parametrize("content", [None, b"", b"not a model"])
def test_a_model_missing_or_broken_says_so_in_one_line(
    tmp_path: Path, content: bytes | None
) -> None:
    _copy(tmp_path)
    if content is not None:
        (tmp_path / "reader.onnx").write_bytes(content)
    with pytest.raises(ReaderUnavailable) as caught:
        SpanReader(lambda: OnnxNetwork(tmp_path)).warm_up()
    assert str(tmp_path) in str(caught.value)
    assert "FOOTNOTE_READER=none" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_calibration_that_does_not_parse_says_so(tmp_path: Path) -> None:
    _copy(tmp_path)
    (tmp_path / "calibration.json").write_text("{")
    with pytest.raises(ReaderUnavailable):
        OnnxNetwork(tmp_path)


def test_the_packaged_networks_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 30_000_000
    assert (CAREFUL / "reader.onnx").stat().st_size <= 95_000_000


# --- calibration ---------------------------------------------------------------------------


def test_a_calibration_comes_back_from_its_file(tmp_path: Path) -> None:
    saved = Calibration(answerable=0.5, margin=0.25, bias=-1, right_score=0.9, threshold=0.4)
    saved.save(tmp_path / "calibration.json")
    assert Calibration.load(tmp_path / "calibration.json") == saved
    assert json.loads((tmp_path / "calibration.json").read_text())["threshold"] == 0.4


def test_score_and_probability_are_plain_logistic_regressions() -> None:
    fitted = Calibration(
        answerable=2, margin=0.5, bias=-1, right_score=1, right_span=3, right_bias=-2
    )
    score = fitted.score(answerable=1.5, margin=4)
    assert score == pytest.approx(2 * 1.5 + 0.5 * 4 - 1)  # 4
    assert fitted.probability(score, span=0.5) == pytest.approx(1 / (1 + np.exp(-(4 + 1.5 - 2))))
    assert fitted.probability(1e9, span=0) == pytest.approx(1)
    assert fitted.probability(float("-inf"), span=0) == pytest.approx(0)


def test_the_shipped_calibration_rises_with_the_evidence() -> None:
    shipped = Calibration.load(FOLDER / "calibration.json")
    assert shipped.answerable + shipped.margin > 0
    assert shipped.right_score > 0
    assert 0 < shipped.threshold < 1


# --- another model in its place ------------------------------------------------------------


def _tiny_bert(folder: Path, hidden: int = 32) -> Path:
    """A BERT of random weights with the packaged vocabulary, as `save_pretrained` writes it."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering, PreTrainedTokenizerFast

    torch.manual_seed(0)
    config = BertConfig(
        hidden_size=hidden, num_hidden_layers=2, num_attention_heads=4, intermediate_size=4 * hidden
    )
    BertForQuestionAnswering(config).save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_file=str(FOLDER / "tokenizer.json"),
        cls_token="[CLS]",
        sep_token="[SEP]",
        pad_token="[PAD]",
        unk_token="[UNK]",
        mask_token="[MASK]",
    ).save_pretrained(folder)
    return folder


def test_a_hugging_face_model_takes_its_place(tmp_path: Path) -> None:
    other = SpanReader.named(str(_tiny_bert(tmp_path)))
    long = FILLER * 30
    readings = other.read_texts("How much silt was removed?", [HARBOUR, long])
    for passage, reading in zip((HARBOUR, long), readings, strict=True):
        assert 0 <= reading.start < reading.end <= len(passage)
        assert reading.score == pytest.approx(reading.margin)


def test_a_hugging_face_model_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReaderUnavailable) as caught:
        SpanReader.named(str(tmp_path / "absent")).warm_up()
    assert "FOOTNOTE_READER" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_eight_bits_stay_near_full_precision(tmp_path: Path) -> None:
    import onnxruntime
    import torch

    from qa.training.export import export
    from qa.training.network import Network
    from qa.training.peaks import peaks

    rng = np.random.default_rng(0)
    ids = torch.from_numpy(rng.integers(2100, 29000, (3, 50)))  # legible pieces
    inputs = ids, torch.ones_like(ids), torch.zeros_like(ids)
    folder = _tiny_bert(tmp_path, hidden=128)
    network = Network(folder).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    export(network, peaks(network, [inputs]), tokenizer, tmp_path / "int8.onnx")
    feed = {"input_ids": ids.numpy(), "token_type_ids": np.zeros((3, 50), np.int64)}
    eight = onnxruntime.InferenceSession(str(tmp_path / "int8.onnx")).run(None, feed)
    with torch.no_grad():
        whole = [tensor.numpy() for tensor in network(*inputs)]
    for one, two in zip(whole, eight, strict=True):
        assert np.abs(one - two).mean() < 0.05 * np.abs(one).mean()

"""A quick network reads all, a careful one the best again; titles stand above what is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from qa.errors import ReaderUnavailable
from qa.reader.calibration import Calibration
from qa.reader.cascade import CascadeReader
from qa.reader.choice import choose
from qa.reader.model import FOLDER, OnnxNetwork, shared, trained
from qa.reader.protocol import Reader
from qa.reader.span_reader import SpanReader, heading
from qa.reader.windows import Windows
from qa.training.export import export
from qa.training.network import Network
from qa.training.peaks import peaks
from vectorstore.passage import Passage

QUESTION = "How much silt was removed?"
TEXTS = (
    "Contractors removed 40,000 cubic metres of silt, the port's director told reporters.",
    "The choir sang twice, and nobody left before the end.",
    "A ferry ran aground on the bar in March and was towed off a day later.",
)


def _node(number: int) -> Passage:
    text = TEXTS[number]
    return Passage(
        id=f"{number}.md#0-{len(text)}",
        article_id=f"{number}.md",
        title="The harbour is dredged.",
        outlet="Tidende",
        published=date(2024, 3, 5),
        url="",
        text=text,
        start=0,
        end=len(text),
        sentences=((0, len(text)),),
    )


@pytest.fixture(scope="module")
def careful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny MPNet of random weights, written as `make reader` writes the careful network."""
    from transformers import MPNetConfig, MPNetModel

    folder = tmp_path_factory.mktemp("careful")
    torch.manual_seed(0)
    size = {"hidden_size": 64, "num_attention_heads": 4, "intermediate_size": 128}
    config = MPNetConfig(vocab_size=30527, num_hidden_layers=3, pad_token_id=1, **size)
    MPNetModel(config).save_pretrained(folder)
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    network = Network(folder, layers=2).eval()
    ids = torch.from_numpy(np.random.default_rng(0).integers(2100, 29000, (3, 60)))
    inputs = ids, torch.ones_like(ids), torch.zeros_like(ids)
    export(network, peaks(network, [inputs]), tokenizer, folder / "reader.onnx")
    tokenizer.save(str(folder / "tokenizer.json"))
    Calibration().save(folder / "calibration.json")
    whole = [values.detach().numpy() for values in network(*inputs)]
    eight = OnnxNetwork(folder)._session.run(None, {"input_ids": ids.numpy()})
    for one, two in zip(whole, eight, strict=True):
        assert np.abs(one - two).mean() < 0.1 * np.abs(one).mean()
    return folder


def test_what_is_read_again_comes_first_and_knows_what_the_quick_one_thought(careful: Path) -> None:
    network = SpanReader(lambda: OnnxNetwork(careful), headed=True)
    reader = CascadeReader(SpanReader(), network, again=2)
    nodes = [_node(number) for number in range(3)]
    readings = reader.read(QUESTION, nodes)
    alone = SpanReader().read(QUESTION, nodes)
    left = min(range(3), key=lambda place: alone[place].score)
    again = [place for place in range(3) if place != left]
    assert readings[left].score < min(readings[place].score for place in again)
    assert readings[left].spans[0].probability <= alone[left].spans[0].probability
    for place in again:
        (read,) = network.read(QUESTION, [nodes[place]])
        assert readings[place].score == read.score
        assert [s.probability for s in readings[place].spans] == [s.probability for s in read.spans]
    assert any(span.seconded > 0 for place in again for span in readings[place].spans)


def test_a_trained_folder_is_read_beside_the_packaged_network(careful: Path) -> None:
    assert trained(careful)
    reader = _chosen(str(careful))
    assert isinstance(reader, CascadeReader)
    assert 0 < reader.threshold < 1


def _chosen(name: str | None) -> Reader:
    return choose(name, encode=lambda texts: np.zeros((len(texts), 384), np.float32))


def test_the_quick_network_reads_alone_where_that_is_asked() -> None:
    assert isinstance(_chosen("small"), SpanReader)


def test_a_careful_network_that_is_broken_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "reader.onnx").write_bytes(b"cut off")
    monkeypatch.setattr("qa.reader.choice.CAREFUL", tmp_path)
    assert isinstance(_chosen(None), SpanReader)
    assert str(tmp_path) in caplog.text
    with pytest.raises(ReaderUnavailable):
        _chosen(str(tmp_path))


def test_a_network_is_loaded_once_whoever_reads_with_it(careful: Path) -> None:
    assert shared(careful) is shared(careful)


def test_a_heading_is_read_but_holds_no_answer() -> None:
    assert heading(_node(0)) == "The harbour is dredged. Tidende, 5 March 2024."
    assert heading(replace(_node(0), title="", outlet="", published=None)) == ""
    windows = Windows(Tokenizer.from_file(str(FOLDER / "tokenizer.json")))
    (window,) = windows.cut(QUESTION, [TEXTS[0]], ["The harbour is dredged."])
    (plain,) = windows.cut(QUESTION, [TEXTS[0]])
    assert len(window.ids) > len(plain.ids)
    places = np.flatnonzero(window.inside)
    covered = [TEXTS[0][slice(*window.offsets[place])].lower() for place in places]
    assert covered[:2] == ["contractors", "removed"]
    assert len(places) == plain.inside.sum()

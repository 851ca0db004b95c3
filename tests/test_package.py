"""What is installed is whole: outside the checkout, its copy reads, answers and cites."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BUILD = "import setuptools; setuptools.setup()"
USE = """
import sys
sys.path.insert(0, sys.argv[1])
import qa, ui, vectorstore
for module in (qa, ui, vectorstore):
    assert module.__file__.startswith(sys.argv[1]), module.__file__
from qa import Assistant
with Assistant.open("archive") as assistant:
    assistant.ingest("note.txt")
    answer = assistant.ask("Who opened the lock at Vell?")
    cited = answer.citations[0]
    assert cited.quote == assistant.article(cited.article_id).text[cited.start : cited.end]
    print(answer.short)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that a wheel would hold."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-c", BUILD, "--quiet", "egg_info", "--egg-base", str(folder)]
    subprocess.run(
        [*command, "build_py", "--build-lib", str(folder / "lib")],
        cwd=ROOT,
        check=True,
        timeout=120,
    )
    return folder / "lib"


def test_a_copy_of_the_package_answers_outside_the_checkout(built: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Ada Renner opened the lock at Vell on 3 May 2024.")
    done = subprocess.run(
        [sys.executable, "-c", USE, str(built)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "Ada Renner", done.stderr


def test_every_file_beside_the_code_is_in_it(built: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "qa", "vectorstore", "ui.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert [name for name in tracked if not (built / name).exists()] == []
    assert (built / "qa" / "py.typed").exists()

"""Nothing that comes from outside runs, and what goes wrong is one line."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.ui.conftest import TAGS, served
from tests.ui.steps import Chat, ask, expect

if TYPE_CHECKING:
    from tests.ui.watch import Visits

ROOT = Path(__file__).parents[2]


def test_nothing_in_an_article_a_question_or_a_file_name_runs(
    chat: Chat, visit: Visits, tmp_path: Path
) -> None:
    page = visit(chat)
    question = "How many sheep did the dragon of Grubenhagen eat?"
    ask(page, question)
    expect(page.locator("#latest .turn .notes .title").first).to_contain_text("<img src=x")
    page.locator(".ref").first.click()
    expect(page.locator("#evidence h2")).to_contain_text("{{constructor")
    expect(page.locator("#evidence a")).to_have_count(0)
    expect(page.locator("#evidence .text")).to_contain_text("${window.pwned=5}")
    ask(page, "Who feeds the owl?")
    expect(page.locator("#latest .turn .answer")).to_contain_text(TAGS)
    page.locator("#latest .turn .ref").first.click()
    expect(page.locator("#evidence mark")).to_contain_text(TAGS)
    page.locator("#evidence .text").hover()
    hostile = "<img src=x onerror=window.pwned=9> {{7*7}} ${window.pwned=10} [a](javascript:1)"
    ask(page, hostile)
    expect(page.locator("#latest .turn .question")).to_have_text(hostile)
    name = "<img src=x onerror=window.pwned=11>.txt"
    page.locator("input[type=file]").first.set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": b"\n"}]
    )
    expect(page.locator("#report")).to_contain_text("left out")
    assert page.locator("#history img, #side img, #side script, #history script").count() == 0


def test_an_error_is_one_line(visit: Visits, tmp_path: Path) -> None:
    with served(tmp_path / "archive") as chat:
        page = visit(chat)
        chat.assistant.close()
        ask(page, "Is anybody there, in the closed archive?")
        said = page.locator(".turn .fault").text_content() or ""
        assert said
        assert "\n" not in said
        assert "Traceback" not in said


def test_a_taken_port_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "ui.py", "--archive", str(tmp_path), "--port", port],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in done.stderr

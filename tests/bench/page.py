"""How long after its start the page answers a question."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.bench.asked import questions
from tests.chroma import free_port


def seconds_until_answered(archive: Path) -> float:
    """Start `footnote serve`, ask it over HTTP until it answers, and end it."""
    port, question = free_port(), questions(archive.parent)[0].question
    command = [sys.executable, "-m", "qa", "serve", "--archive", str(archive), "--port", str(port)]
    started = time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answered(f"http://127.0.0.1:{port}/api/ask", question):
            time.sleep(0.05)
        return time.perf_counter() - started
    finally:
        server.terminate()
        server.wait()


def _answered(url: str, question: str) -> bool:
    try:
        return httpx.post(url, json={"question": question}, timeout=60).is_success
    except httpx.TransportError:
        return False

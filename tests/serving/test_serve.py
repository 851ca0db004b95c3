"""`footnote serve` and `footnote users`, as people run them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT


def environment(**given: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return kept | given


def footnote(*said: str, stdin: str = "", **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qa", *said], cwd=ROOT, input=stdin, env=environment(**given),
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


@contextmanager
def serving(*said: str, **given: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "qa", "serve", "--port", port, *said], cwd=ROOT,
        env=environment(**given), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            for line in process.stdout:
                if found := re.search(r"is open on (\S+)", line):
                    yield found[1], process
                    break
        finally:
            process.kill()


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


needs_ipv6 = pytest.mark.skipif(not has_ipv6(), reason="there is no IPv6 here")


@pytest.mark.parametrize("host", ["0.0.0.0", pytest.param("::", marks=needs_ipv6)])
def test_another_host_than_loopback_needs_users(tmp_path: Path, host: str) -> None:
    done = footnote(
        "serve", "--archive", str(tmp_path / "a"), "--host", host, "--port", free_port()
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "FOOTNOTE_USERS" in done.stderr
    assert "--open" in done.stderr
    assert not (tmp_path / "a").exists()


def test_it_is_open_to_all_where_that_is_said(tmp_path: Path) -> None:
    where = ("--host", "0.0.0.0", "--archive", str(tmp_path / "a"))
    with serving(*where, "--open") as (url, _):
        assert httpx.get(url.replace("0.0.0.0", "127.0.0.1"), timeout=60).status_code == 200


def test_a_file_without_users_is_told_of(tmp_path: Path) -> None:
    users = str(tmp_path / "users")
    done = footnote("serve", "--archive", str(tmp_path / "a"), FOOTNOTE_USERS=users)
    assert done.returncode == 2
    assert "footnote users add" in done.stderr


def test_users_are_added_listed_and_removed(tmp_path: Path) -> None:
    where = {"FOOTNOTE_USERS": str(tmp_path / "users")}
    added = footnote(
        "users", "add", "anna", "--role", "editor", stdin="nine grey herons\n", **where
    )
    assert added.returncode == 0, added.stderr
    assert footnote("users", "list", **where).stdout == "anna\teditor\n"
    short = footnote("users", "add", "ben", stdin="heron\n", **where)
    assert (short.returncode, short.stderr.count("\n")) == (2, 1)
    assert footnote("users", "remove", "anna", **where).returncode == 0
    gone = footnote("users", "remove", "anna", **where)
    assert (gone.returncode, gone.stderr.count("\n")) == (2, 1)
    assert footnote("users", "list", **where).stdout == ""
    assert "FOOTNOTE_USERS" in footnote("users", "list").stderr


@needs_ipv6
def test_it_listens_on_ipv6(tmp_path: Path) -> None:
    with serving("--host", "::1", "--archive", str(tmp_path / "a")) as (url, _):
        assert url.startswith("http://[::1]:")
        assert httpx.get(url, timeout=60).status_code == 200


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_order_and_leaves_nothing_in_temporary_folders(
    tmp_path: Path, how: signal.Signals
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    archive = str(tmp_path / "a")
    with serving("--archive", archive, TMPDIR=str(temporary)) as (url, process):
        kept = httpx.put(f"{url}/uploads/a.txt", content=b"Nine herons stood there.", timeout=60)
        assert kept.status_code == 200
        assert httpx.get(url, timeout=60).status_code == 200
        process.send_signal(how)
        assert process.wait(20) == 0
    assert [path for path in temporary.rglob("*") if path.is_file()] == []
    assert sorted(path.name for path in (tmp_path / "a" / "uploads").iterdir()) == ["a.txt"]

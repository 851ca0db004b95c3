"""A real PostgreSQL server for the tests, on the loopback alone, in a folder that goes with it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSWORD = "word/with:marks@and more"
QUOTED = "word%2Fwith%3Amarks%40and%20more"
_OTHER = "nobody"  # runs the server where the tests run as root, whom PostgreSQL refuses
_SETTINGS = ("fsync=off", "shared_buffers=32MB", "max_connections=40", "unix_socket_directories=")


def programs() -> Path | None:
    """Where `initdb` and `postgres` lie: on Debian, outside the PATH."""
    found = [Path(name).resolve().parent for name in [shutil.which("initdb")] if name]
    return next(iter([*found, *sorted(Path("/usr/lib/postgresql").glob("*/bin"))[::-1]]), None)


@dataclass
class Server:
    """A server that can be stopped and started again."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres", user: str = "tester", password: str = QUOTED) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def database(self) -> str:
        """The address of a database that was made just now."""
        name = f"archive_{uuid.uuid4().hex[:12]}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def execute(self, sql: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def start(self) -> None:
        import psycopg

        settings = [*_SETTINGS, f"port={self.port}", "listen_addresses=127.0.0.1"]
        options = [part for setting in settings for part in ("-c", setting)]
        self.process = _run("postgres", "-D", str(self.folder / "data"), *options)
        for _ in range(600):
            assert self.process.poll() is None, "PostgreSQL did not start"
            try:
                self.execute("SELECT 1")
                return
            except psycopg.OperationalError:  # not yet
                time.sleep(0.1)
        raise AssertionError("PostgreSQL did not start within a minute")

    def stop(self) -> None:
        """At once, whoever is connected."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)  # what PostgreSQL calls immediate
            self.process.wait(timeout=60)


@contextmanager
def running() -> Iterator[Server]:
    """A new server with one user, its owner."""
    # Not pytest's folder, which only its owner may enter: as root the server runs as another user.
    with tempfile.TemporaryDirectory(prefix="footnote-postgres-") as folder:
        place = Path(folder)
        (place / "password").write_text(PASSWORD)
        (place / "data").mkdir(mode=0o700)
        for path in (place, *place.iterdir()) if os.getuid() == 0 else ():
            shutil.chown(path, _OTHER)
        options = ["-U", "tester", "-A", "scram-sha-256", "--pwfile", str(place / "password")]
        made = _run("initdb", "-D", str(place / "data"), *options, "-E", "UTF8", "--locale=C", "-N")
        assert made.wait(timeout=120) == 0, "initdb failed"
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        server = Server(place, port)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def _run(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    folder = programs()
    assert folder
    other = {"user": _OTHER, "group": "nogroup"} if os.getuid() == 0 else {}
    return subprocess.Popen(
        [str(folder / program), *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        **other,
    )

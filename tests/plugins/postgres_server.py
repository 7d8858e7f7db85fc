"""A PostgreSQL of the tests' own: Debian's programs, a directory that vanishes, loopback only, stopped by its pid."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

PASSWORD = "canary-of-postgres"
WHERE_ELSE = "scripts/test.sh unit fetches Debian's package without installing it, or install `postgresql`"


def programs() -> Path:
    """The folder of `initdb` and `postgres`: named, on PATH, Debian's, or what scripts/test.sh fetched."""
    named = [Path(text) for text in (os.environ.get("MUTUALIS_POSTGRES", ""),) if text]
    on_path = [Path(found).resolve().parent for found in (shutil.which("initdb"),) if found]
    fetched = [
        Path(text, "mutualis/postgresql") for text in (os.environ.get("XDG_CACHE_HOME", ""), "/var/cache") if text
    ]
    fetched.append(Path.home() / ".cache/mutualis/postgresql")
    debian = [path for root in (Path("/"), *fetched) for path in sorted(root.glob("usr/lib/postgresql/*/bin"))[::-1]]
    for folder in (*named, *on_path, *debian):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise RuntimeError(f"there is no PostgreSQL on this machine: {WHERE_ELSE}")


class Server:
    """`directory`: of the server's own user, who is not root."""

    def __init__(self) -> None:
        self._programs = programs()
        self._numbers = itertools.count(1)
        self.directory = Path(tempfile.mkdtemp(prefix="mutualis-postgres-"))
        self._user = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
        if self._user is not None:
            os.chown(self.directory, self._user, -1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None

    def initialise(self) -> None:
        secret = self.directory / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        data = str(self.directory / "data")
        options = ["--username=mutualis", "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync", "--encoding=UTF8"]
        self._run([str(self._programs / "initdb"), "-D", data, "--locale=C", *options]).wait(60)
        assert Path(data, "PG_VERSION").exists(), (self.directory / "log").read_text()

    def start(self, *settings: str) -> None:
        """Without fsync: the tests kill processes, not the machine."""
        given = ["listen_addresses=127.0.0.1", f"port={self.port}", "unix_socket_directories=", "fsync=off", "jit=off"]
        options = [part for setting in (*given, *settings) for part in ("-c", setting)]
        self._process = self._run([str(self._programs / "postgres"), "-D", str(self.directory / "data"), *options])
        end = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self.directory / "log").read_text()
                assert time.monotonic() < end, (self.directory / "log").read_text()
                time.sleep(0.02)  # noqa: TID251  until it listens, for half a minute at most
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: connections are ended; SIGQUIT: as if it had crashed."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def url(self, database: str, query: str = "sslmode=disable") -> str:
        return f"postgres://mutualis:{PASSWORD}@127.0.0.1:{self.port}/{database}?{query}"

    def database(self) -> str:
        """The name of an empty database."""
        name = f"test{next(self._numbers)}"
        self.sql("postgres", f"CREATE DATABASE {name}")
        return name

    def sql(self, database: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def break_connections(self, database: str) -> int:
        """End all connections to a database, as a failing network would."""
        ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s"
        return int(self.sql("postgres", ended, database)[0][0])

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        root = self._programs.parents[4]
        libraries = [str(path) for place in ("usr/lib", "lib") for path in root.glob(f"{place}/*-linux-gnu")]
        beside = {} if root == Path("/") else {"LD_LIBRARY_PATH": ":".join(libraries)}  # of a package only unpacked
        with (self.directory / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                cwd=self.directory,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC", **beside},
                user=self._user,
                extra_groups=[] if self._user is not None else None,
                start_new_session=True,
            )


@contextmanager
def running() -> Iterator[Server]:
    server = Server()
    try:
        server.initialise()
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL; without one the tests fail and say how to get it."""
    with running() as server:
        yield server

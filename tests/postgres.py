"""A real PostgreSQL for tests: Debian's, in a folder of its own, on a free port, with fsync on.

``with running() as server`` starts one and leaves nothing behind; ``server.fresh()`` is the URL of a new database.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

USER = "sarsteer"
START_SECONDS = 60.0
STOP_SECONDS = 30.0


class PostgresUnavailable(Exception):
    """PostgreSQL is not installed, or did not start."""


def _programs() -> Path:
    """The folder of initdb and postgres: Debian's newest, or that on PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name))
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresUnavailable("These tests need a real PostgreSQL: sudo apt-get install postgresql.")


def _unprivileged() -> list[str]:
    """What runs a program as a user that PostgreSQL accepts, and ends it with the tests, however they end."""
    command = ["setpriv", "--pdeathsig=INT"]
    if os.geteuid() == 0:
        command += ["--reuid=postgres", "--regid=postgres", "--clear-groups"]
    return command


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostgresServer:
    """One server. Start it from the main thread: the system ends it with the thread that started it."""

    def __init__(self, folder: Path) -> None:
        self._programs = _programs()
        self._folder = folder
        self._data = folder / "data"
        self._log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()
        self.password = f"pw-{secrets.token_hex(8)}"

    def create(self) -> None:
        """Make the cluster's files; once."""
        secret = self._folder / "password"
        secret.write_text(self.password)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            for path in (self._folder, secret):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        # That initdb does not sync says nothing of the server, which does.
        options = ("-U", USER, "-E", "UTF8", "--locale=C", "--no-sync", "--auth=scram-sha-256", f"--pwfile={secret}")
        made = subprocess.run(
            [*_unprivileged(), str(self._programs / "initdb"), "-D", str(self._data), *options],
            capture_output=True,
            text=True,
            cwd="/",
        )
        secret.unlink()
        if made.returncode:
            raise PostgresUnavailable(f"initdb failed: {made.stderr.strip()}")

    def start(self) -> None:
        """Start it, for the first time or again on the same port, and wait until it answers."""
        settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=on", "shared_buffers=32MB")
        options = [f"--{setting}" for setting in settings]
        command = [*_unprivileged(), str(self._programs / "postgres")]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "-D", str(self._data), "-p", str(self.port), *options],
                stdout=log,
                stderr=log,
                cwd="/",
            )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.conninfo(), connect_timeout=5).close()
                return
            except psycopg.OperationalError as error:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    tail = self._log.read_text(errors="replace")[-2000:]
                    raise PostgresUnavailable(f"PostgreSQL did not start ({error}). Its log ends:\n{tail}") from error
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it in order: sessions are ended, and what they had not committed is rolled back."""
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """Stop it at once, as a crash would: the next start recovers from its log."""
        self._end(signal.SIGQUIT)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(how)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def conninfo(self, database: str = "postgres") -> str:
        """Where ``database`` is, for psycopg."""
        return f"host=127.0.0.1 port={self.port} user={USER} password={self.password} dbname={database}"

    def fresh(self) -> str:
        """The ``postgresql://`` URL of a new, empty database."""
        name = f"t{secrets.token_hex(6)}"
        with psycopg.connect(self.conninfo(), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self._url(name)

    def schema(self) -> str:
        """The URL of a new, empty schema of one database: as good as a database to most tests, and made at once."""
        name = f"s{secrets.token_hex(6)}"
        with psycopg.connect(self.conninfo(), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        return f"{self._url('postgres')}?options=-csearch_path%3D{name}"

    def _url(self, database: str) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"


@contextmanager
def running() -> Iterator[PostgresServer]:
    """A server that runs, unless the caller stops it, to the end of the block; its folder goes with it.

    Raise PostgresUnavailable if PostgreSQL is not installed or does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="sarsteer-postgres-"))
    try:
        server = PostgresServer(folder)
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.crash()  # An orderly stop would first sync what goes with the folder.
    finally:
        shutil.rmtree(folder, ignore_errors=True)

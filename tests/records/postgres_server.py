"""A real PostgreSQL for the tests: a private cluster in a folder of its own, on loopback, gone when the tests are done."""

from __future__ import annotations

import csv
import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name)) if Path("/usr/lib/postgresql").is_dir() else []
MISSING = "PostgreSQL is not installed: apt-get install postgresql"
ADMIN, READER, PASSWORD = "admin", "reader", "s3cret:p@ss"
TYPES = {r"(domain|vocabulary|concept_class|relationship)_id": "varchar", r"value_as_number|range_(low|high)|quantity": "numeric", r".*_datetime": "timestamp",
         r".*_date": "date", r".*_id|concept_id_[12]|.*_of_birth|days_supply|.*_separation": "integer"}  # fmt: skip
"""Types of the columns of the model, by their names."""


def installed() -> bool:
    return bool(BINARIES)


class Server:
    """A cluster that can be started, stopped as if its plug was pulled, and asked."""

    def __init__(self, folder: Path):
        self.folder, self.bin = folder, BINARIES[-1]
        # PostgreSQL refuses to run as root; Debian's package brings a user for it
        self.user = "postgres" if os.geteuid() == 0 else None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._do("initdb", "-D", "data", "-U", ADMIN, "--auth=trust", "-E", "UTF8", "--locale=C", "-N")
        access = f"host all {READER} 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"
        (folder / "data" / "pg_hba.conf").write_text(access)
        self.start()

    def _do(self, program: str, *args: str) -> str:
        command = [str(self.bin / program), *args]
        return subprocess.run(command, cwd=self.folder, user=self.user, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True).stdout

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        with (self.folder / "started").open("w") as out:
            command = [str(self.bin / "pg_ctl"), "-D", "data", "-w", "-l", "log", "-o", options, "start"]
            subprocess.run(command, cwd=self.folder, user=self.user, stdout=out, stderr=out, check=True)

    def stop(self, mode: str = "immediate") -> None:
        self._do("pg_ctl", "-D", "data", "-w", "-m", mode, "stop")

    def ask(self, sql: str) -> str:
        """What the server answers to SQL given by its owner, cells apart by |."""
        whom = ("-h", "127.0.0.1", "-p", str(self.port), "-U", ADMIN, "-d", "postgres")
        return self._do("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *whom, "-c", sql).strip()

    def url(self, schema: str = "", user: str = ADMIN, database: str = "postgres") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}" + (f"?schema={schema}" if schema else "")

    def load(self, folder: Path, schema: str, names: Mapping[str, str] | None = None) -> str:
        """Load the CSV files of a CDM as typed tables into a new schema, under other names where given; the address to read them by."""
        script = [f"CREATE SCHEMA {schema}"]
        for path in sorted(folder.glob("*.csv")):
            with path.open(newline="") as file:
                header = next(csv.reader(file))
            kinds = {column: next((kind for form, kind in TYPES.items() if re.fullmatch(form, column)), "varchar") for column in header}
            table = f"{schema}.{(names or {}).get(path.stem, path.stem)}"
            shared = self.folder / path.name
            shutil.copy(path, shared)
            shared.chmod(0o644)
            columns = ", ".join(f"{column} {kind}" for column, kind in kinds.items())
            script += [f"CREATE TABLE {table} ({columns})", f"COPY {table} FROM '{shared}' WITH (FORMAT csv, HEADER)"]
        self.ask("; ".join(script))
        return self.url(schema)


@contextmanager
def server() -> Iterator[Server]:
    """A server as long as the context stands."""
    folder = Path(tempfile.mkdtemp(prefix="cobalamin-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        folder.chmod(0o755)
        found = Server(folder)
        try:
            yield found
        finally:
            found.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)

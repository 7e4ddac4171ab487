"""Connect to the database of a gradebook, update its tables, and translate its errors."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import NullPool

from ..errors import KataError, MachineryError
from ..text.sanitize import one_line
from .schema import HEAD, cohort
from .source_kind import SQLITE_MAGIC, is_url

MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_SECONDS = 30
"""How long a transaction waits for another one that writes the same rows, or the same file."""
POSTGRES_OPTIONS = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""The loss of a server is noticed within half a minute instead of two hours."""
MIGRATION_LOCK = 0x6E6E6B617461
"""The key of the advisory lock that a migration holds, so that no other one runs."""


class GradebookUnavailableError(MachineryError):
    """The database cannot be reached or written now; the same may succeed later (exit code 5)."""


class Database:
    """The database at a URL: its transactions and its tables."""

    def __init__(self, url: str, create: bool) -> None:
        """Check the URL and the database; with `create`, make or update the tables.

        Raises `KataError` if there is no gradebook, and `GradebookUnavailableError`.
        """
        self.url = parse_url(url)
        self.dialect = self.url.get_backend_name()
        shown = self.url.set(drivername=self.dialect)
        self.name = shown.render_as_string(hide_password=True)
        if self.dialect == "sqlite":
            self._check_file(create)
        self._engine = sa.create_engine(self.url, poolclass=NullPool, connect_args=self._options())
        if self.dialect == "sqlite":
            sa.event.listen(self._engine, "connect", _prepare_sqlite)
            sa.event.listen(self._engine, "begin", _begin_sqlite)
        self._check_tables(create)

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Open a transaction that reads a consistent state of the database and changes nothing."""
        level = "REPEATABLE READ" if self.dialect == "postgresql" else "SERIALIZABLE"
        with self._translate_errors(), self._engine.connect() as connection:
            connection = connection.execution_options(isolation_level=level)
            connection = connection.execution_options(nnkata_reads=True)
            with connection.begin():
                yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """Open a transaction that writes everything or nothing."""
        with self._translate_errors(), self._engine.begin() as connection:
            if self.dialect == "postgresql":
                connection.execute(sa.text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
            yield connection

    def insert(self, table: sa.Table) -> Any:
        """Return an INSERT statement that supports ON CONFLICT, for rows that already exist."""
        maker: Any = postgresql.insert if self.dialect == "postgresql" else sqlite.insert
        return maker(table)

    def _options(self) -> dict[str, Any]:
        if self.dialect == "sqlite":
            return {"timeout": WAIT_SECONDS}
        return {k: v for k, v in POSTGRES_OPTIONS.items() if k not in self.url.query}

    def _check_file(self, create: bool) -> None:
        """Make the file if `create` is true; raise `KataError` if there is no gradebook."""
        if not self.url.database or self.url.database == ":memory:":
            raise KataError(
                "a gradebook is a file or a server", next_step="name a file: --gradebook marks.db"
            )
        path = Path(self.url.database)
        try:
            with path.open("rb") as file:
                start = file.read(len(SQLITE_MAGIC))
        except FileNotFoundError:
            if create and path.parent.is_dir():
                _make_file(path)
                return
            raise KataError(
                f"there is no file {path}"
                if path.parent.is_dir()
                else f"{path} is in a missing folder",
                next_step="`kata grade … --gradebook FILE` or `kata gradebook import FILE RESULT` "
                "makes a gradebook",
            ) from None
        except OSError as error:
            raise KataError(
                f"{path} cannot be read: {error.strerror}", next_step="name another file"
            ) from None
        if start not in (b"", SQLITE_MAGIC):
            raise KataError(f"{path} is not a gradebook", next_step="name another file")

    def _check_tables(self, create: bool) -> None:
        """Update the tables, or make them if `create` is true; raises `KataError`."""
        with self.read() as connection:
            version = self._version(connection)
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            raise KataError(
                f"{self.name} was made by a newer nnkata (its tables have version {version})",
                next_step="update nnkata: pip install --upgrade nnkata",
            )
        if version is None and not create:
            raise KataError(
                f"there is no gradebook in {self.name}",
                next_step="`kata grade … --gradebook URL` or `kata gradebook import URL RESULT` "
                "makes one",
            )
        with self.write() as connection:
            if self.dialect == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
            if self._version(connection) != HEAD:  # another driver may have done it meanwhile
                _migrate(connection)

    def _version(self, connection: sa.Connection) -> str | None:
        """Return the newest migration that was run, or None if there is no gradebook.

        Raises `KataError` for a database of something else.
        """
        tables = set(sa.inspect(connection).get_table_names())
        if "alembic_version" not in tables:
            if cohort.name in tables or "runs" in tables:
                raise KataError(
                    f"{self.name} contains tables of another program",
                    next_step="name another database or schema",
                )
            return None
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        if found is not None and cohort.name not in tables:
            raise KataError(
                f"{self.name} contains tables of another program",
                next_step="name another database or schema",
            )
        return found

    @contextlib.contextmanager
    def _translate_errors(self) -> Iterator[None]:
        """Raise errors of the database as `KataError` with a next step, without the password."""
        try:
            yield
        except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
            raise GradebookUnavailableError(
                f"the gradebook {self.name} is not available: {_reason(error)}",
                next_step="make the database available, then run the command again",
            ) from None
        except sa.exc.DBAPIError as error:
            if error.connection_invalidated:
                raise GradebookUnavailableError(
                    f"the connection to the gradebook {self.name} was lost: {_reason(error)}",
                    next_step="make the database available, then run the command again",
                ) from None
            if isinstance(error.orig, sqlite3.DatabaseError) and "not a database" in str(error):
                raise KataError(
                    f"{self.name} is not a gradebook", next_step="name another file"
                ) from None
            raise MachineryError(
                f"the gradebook {self.name} reports an error: {_reason(error)}",
                next_step="check the database and the permissions of its user",
            ) from None


def parse_url(text: str) -> sa.URL:
    """Return the URL of a gradebook; a text without `://` is the path of an SQLite file."""
    if not is_url(text):
        return sa.URL.create("sqlite", database=text)
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        raise KataError("the URL of the gradebook cannot be read", next_step=URLS) from None
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite":
        return url
    raise KataError(f"a gradebook cannot be stored in {url.drivername}", next_step=URLS)


def _make_file(path: Path) -> None:
    """Make an empty file for its owner only: it holds marks and details of hidden checks."""
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise KataError(
            f"{path} cannot be written: {error.strerror}", next_step="name another file"
        ) from None


URLS = "name a file, sqlite:///FILE or postgresql://USER@HOST/DATABASE"


def _reason(error: sa.exc.SQLAlchemyError) -> str:
    """Return the message of the database, without the statement and its values."""
    return one_line(str(getattr(error, "orig", None) or error)).rstrip(".")


def _migrate(connection: sa.Connection) -> None:
    """Run the migrations that are missing, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    """Leave transactions to SQLAlchemy: sqlite3 begins them late, and not for CREATE TABLE."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: sa.Connection) -> None:
    reads = connection.get_execution_options().get("nnkata_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

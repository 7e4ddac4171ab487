"""A learner's progress in one SQLite file: passes, attempts, hints, hashes of shipped files.

Home folders can be on network file systems. So the file uses a rollback journal, a busy timeout,
and one transaction per write. If the file is not writable, it is only read.
"""

from __future__ import annotations

import shlex
import sqlite3
import time
from pathlib import Path
from typing import Any

from msgspec import Struct

from .. import __version__
from ..errors import KataError

VERSION = 3
BUSY_SECONDS = 10.0
_TABLES = """
CREATE TABLE IF NOT EXISTS shipped (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS passes (
    kata TEXT PRIMARY KEY, module TEXT NOT NULL, checks TEXT NOT NULL, engine TEXT NOT NULL,
    seed INTEGER NOT NULL, at REAL NOT NULL, first_at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS attempts (
    id INTEGER PRIMARY KEY, kata TEXT NOT NULL, module TEXT NOT NULL, passed INTEGER NOT NULL,
    points INTEGER NOT NULL, max_points INTEGER NOT NULL, mistakes TEXT NOT NULL, at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS attempts_of ON attempts (kata, id);
CREATE TABLE IF NOT EXISTS hints (
    id INTEGER PRIMARY KEY, kata TEXT NOT NULL, level INTEGER NOT NULL, module TEXT NOT NULL,
    at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS given_up (kata TEXT PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS verdicts (kata TEXT PRIMARY KEY, verdict TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS predictions (
    kata TEXT PRIMARY KEY, choice INTEGER NOT NULL, at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS set_aside (kata TEXT PRIMARY KEY, at REAL NOT NULL);
"""


def _is_unwritable(error: sqlite3.Error) -> bool:
    return "readonly" in str(error) or "unable to open" in str(error)


class Pass(Struct, frozen=True):
    """A stored pass: the SHA-256 hashes of the module and of the checks that it passed."""

    kata: str
    module: str
    checks: str


class Attempt(Struct, frozen=True):
    """One check of a kata: the hash of the module, the points, and the diagnosed mistakes."""

    module: str
    passed: bool
    points: int
    max_points: int
    mistakes: list[str]
    at: float = 0.0
    """The time in seconds since 1970; 0 for an attempt that is not stored yet."""


class Progress:
    """The file `.kata/progress.db` of a workspace."""

    def __init__(self, path: Path) -> None:
        """Open or create the file; raises `KataError` if it is damaged or of a newer version."""
        self.path = path
        self.stored = True
        try:
            self.db = self._open()
        except sqlite3.DatabaseError as error:
            raise self._damage_error(error) from None

    def _open(self) -> sqlite3.Connection:
        try:
            db = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
            self._prepare(db)
        except sqlite3.OperationalError as error:
            if self.path.is_file() and not _is_unwritable(error):
                raise
            self.stored = False
            db = sqlite3.connect(":memory:")
            if self.path.is_file():
                source = sqlite3.connect(f"{self.path.resolve().as_uri()}?immutable=1", uri=True)
                source.backup(db)
                source.close()
            self._prepare(db)
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            db.close()
            raise KataError(
                f"{self.path} was written by a newer nnkata",
                next_step="upgrade this one: pip install -U nnkata",
            )
        if version < VERSION:
            with db:
                db.executescript(
                    "BEGIN IMMEDIATE;" + _TABLES + f"PRAGMA user_version = {VERSION};COMMIT;"
                )

    def _damage_error(self, error: sqlite3.Error) -> KataError:
        if "locked" in str(error):
            return KataError(
                f"{self.path} has been locked by another process for {BUSY_SECONDS:g} seconds",
                next_step="wait for the other `kata`, or end it, then try again",
            )
        quoted = shlex.quote(str(self.path))
        return KataError(
            f"{self.path} cannot be used: {error}",
            next_step=f"move it away (mv {quoted} {quoted}.damaged); your modules are not in it, "
            "and `kata check --every` records again what passes",
        )

    def _ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        try:
            return self.db.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damage_error(error) from None

    def _write(self, sql: str, *values: Any) -> None:
        """Write in one transaction; a full disk or a read-only home only sets `stored` to False."""
        try:
            with self.db:
                self.db.execute(sql, values)
        except sqlite3.OperationalError:
            self.stored = False
        except sqlite3.DatabaseError as error:
            raise self._damage_error(error) from None

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def shipped_hashes(self) -> dict[str, str]:
        """Return the SHA-256 hashes of the files that nnkata wrote: path -> hash."""
        return dict(self._ask("SELECT path, sha256 FROM shipped"))

    def ship(self, path: str, sha256: str) -> None:
        """Store the hash of a file that nnkata wrote."""
        self._write("INSERT OR REPLACE INTO shipped VALUES (?, ?)", path, sha256)

    def passes(self) -> dict[str, Pass]:
        """Return the stored passes: kata -> pass."""
        rows = self._ask("SELECT kata, module, checks FROM passes")
        return {row[0]: Pass(*row) for row in rows}

    def latest_pass(self) -> str | None:
        """Return the kata that passed last, or None."""
        rows = self._ask("SELECT kata FROM passes ORDER BY at DESC LIMIT 1")
        return rows[0][0] if rows else None

    def record_pass(self, kata: str, module: str, checks: str, seed: int) -> None:
        """Store a pass with the hashes of module, checks and engine."""
        now = time.time()
        self._write(
            "INSERT INTO passes VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kata) DO UPDATE SET "
            "module = excluded.module, checks = excluded.checks, engine = excluded.engine, "
            "seed = excluded.seed, at = excluded.at",
            kata, module, checks, __version__, seed, now, now,
        )  # fmt: skip

    def forget_pass(self, kata: str) -> None:
        """Delete the pass of a kata, so that it counts as not solved."""
        self._write("DELETE FROM passes WHERE kata = ?", kata)

    def record_attempt(self, kata: str, attempt: Attempt) -> None:
        """Store an attempt with the current time; its own `at` is not used."""
        self._write(
            "INSERT INTO attempts (kata, module, passed, points, max_points, mistakes, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            kata, attempt.module, attempt.passed, attempt.points, attempt.max_points,
            " ".join(attempt.mistakes), time.time(),
        )  # fmt: skip

    def last_attempt(self, kata: str) -> Attempt | None:
        """Return the latest attempt at a kata, or None."""
        return next(iter(self.latest_attempts(kata, 1)), None)

    def latest_attempts(self, kata: str, most: int) -> list[Attempt]:
        """Return at most `most` attempts at a kata, the latest first."""
        rows = self._ask(
            "SELECT module, passed, points, max_points, mistakes, at FROM attempts "
            "WHERE kata = ? ORDER BY id DESC LIMIT ?",
            kata, most,
        )  # fmt: skip
        return [
            Attempt(module, bool(passed), points, max_points, mistakes.split(), at)
            for module, passed, points, max_points, mistakes, at in rows
        ]

    def store_verdict(self, kata: str, verdict: str) -> None:
        """Store the latest verdict on a kata as JSON; it replaces the previous one."""
        self._write("INSERT OR REPLACE INTO verdicts VALUES (?, ?)", kata, verdict)

    def last_verdict(self, kata: str) -> str | None:
        """Return the latest verdict on a kata as JSON, or None."""
        rows = self._ask("SELECT verdict FROM verdicts WHERE kata = ?", kata)
        return str(rows[0][0]) if rows else None

    def attempts(self, kata: str) -> int:
        """Return the number of attempts at a kata."""
        return int(self._ask("SELECT COUNT(*) FROM attempts WHERE kata = ?", kata)[0][0])

    def last_hint(self, kata: str) -> tuple[int, str] | None:
        """Return the level of the latest hint and the hash of the module at that time, or None."""
        rows = self._ask(
            "SELECT level, module FROM hints WHERE kata = ? ORDER BY id DESC LIMIT 1", kata
        )
        return (int(rows[0][0]), str(rows[0][1])) if rows else None

    def record_hint(self, kata: str, level: int, module: str) -> None:
        """Store that a hint was given."""
        self._write(
            "INSERT INTO hints (kata, level, module, at) VALUES (?, ?, ?, ?)",
            kata, level, module, time.time(),
        )  # fmt: skip

    def hints(self, kata: str) -> int:
        """Return the highest hint level that was shown; 0 if there was none."""
        rows = self._ask("SELECT COALESCE(MAX(level), 0) FROM hints WHERE kata = ?", kata)
        return int(rows[0][0])

    def hint_levels(self, kata: str) -> list[int]:
        """Return the hint levels that were shown, each once, in ascending order."""
        rows = self._ask("SELECT DISTINCT level FROM hints WHERE kata = ? ORDER BY level", kata)
        return [int(row[0]) for row in rows]

    def record_give_up(self, kata: str) -> None:
        """Store that the learner asked for the solution before the kata passed."""
        self._write("INSERT OR IGNORE INTO given_up VALUES (?, ?)", kata, time.time())

    def given_up(self) -> set[str]:
        """Return the katas whose solution was shown before they passed."""
        return {row[0] for row in self._ask("SELECT kata FROM given_up")}

    def record_prediction(self, kata: str, choice: int) -> None:
        """Store the number of the choice that the learner predicts, from 1."""
        self._write(
            "INSERT OR REPLACE INTO predictions VALUES (?, ?, ?)", kata, choice, time.time()
        )

    def prediction(self, kata: str) -> int | None:
        """Return the choice that the learner predicted, or None."""
        rows = self._ask("SELECT choice FROM predictions WHERE kata = ?", kata)
        return int(rows[0][0]) if rows else None

    def set_aside(self, kata: str) -> None:
        """Store that the learner skips a kata for now."""
        self._write("INSERT OR REPLACE INTO set_aside VALUES (?, ?)", kata, time.time())

    def katas_set_aside(self) -> dict[str, float]:
        """Return the katas that are skipped for now, each with the time in seconds since 1970."""
        return dict(self._ask("SELECT kata, at FROM set_aside"))

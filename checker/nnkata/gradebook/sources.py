"""Tell a gradebook from a result file, and open it; SQLAlchemy is imported only for a gradebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import KataError

if TYPE_CHECKING:
    from .store import Gradebook

SQLITE_MAGIC = b"SQLite format 3\0"
"""The first bytes of every SQLite file."""
NEEDED = ("sqlalchemy", "alembic", "psycopg")


def is_url(source: str) -> bool:
    """Whether a source is a URL and not a path."""
    return "://" in source


def is_gradebook(source: str) -> bool:
    """Whether a source is a gradebook: a URL, or the path of an SQLite file."""
    if is_url(source):
        return True
    try:
        with Path(source).open("rb") as file:
            return file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
    except OSError:
        return False


def open_gradebook(url: str, create: bool = False) -> Gradebook:
    """Return the gradebook at a URL or path; with `create`, make it where there is none.

    Raises `KataError`: no gradebook, a package that is missing, or a database that is not
    available.
    """
    try:
        from .store import Gradebook

        return Gradebook(url, create)
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in NEEDED:
            raise
        raise KataError(
            f"a gradebook needs the package {error.name}",
            next_step='pip install "nnkata[cohort]"',
        ) from None

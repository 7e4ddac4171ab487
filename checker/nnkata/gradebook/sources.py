"""Open a gradebook; SQLAlchemy is imported only here, when a gradebook is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import KataError

if TYPE_CHECKING:
    from .store import Gradebook

NEEDED = ("sqlalchemy", "alembic", "psycopg")


def open_gradebook(url: str, create: bool = False) -> Gradebook:
    """Return the gradebook at a URL or path; with `create`, make it if there is none.

    Raises `KataError` if there is no gradebook, a package is missing, or the database is not
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

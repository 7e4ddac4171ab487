"""Keep results in a folder, each in a file that is named by a hash of all that it depends on.

A page trusts the markup among these results. So they are kept in the user's own cache, and not in a
workspace, which may come from somebody else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from functools import cache
from pathlib import Path

from .files import write_atomically

PLACE = "NNKATA_CACHE"
"""The variable that names a folder to use instead of `nnkata` in the user's cache."""
DAY_SECONDS = 86_400.0
PRUNE_EVERY = 100
"""The number of results after which a process removes old ones again."""


class ResultFolder:
    """Encoded results in a folder; without a folder, nothing is kept.

    A file is written whole or not at all, and errors of the system are ignored.
    """

    def __init__(self, folder: Path | None, most: int) -> None:
        """Keep at most about `most` results in `folder`; the ones used last stay."""
        self.folder = folder
        self.most = most
        self._written = 0

    def read(self, key: str) -> bytes | None:
        """Return the result with this key, or None if there is none."""
        if self.folder is None:
            return None
        with contextlib.suppress(OSError), open(f"{self.folder}/{key}", "rb") as file:  # noqa: PTH123
            if time.time() - os.fstat(file.fileno()).st_mtime > DAY_SECONDS:
                os.utime(file.name)  # it is in use
            return file.read()
        return None

    def write(self, key: str, data: bytes) -> None:
        """Keep a result."""
        if self.folder is None:
            return
        with contextlib.suppress(OSError):
            if self._written % PRUNE_EVERY == 0:
                self._prune()
            self._written += 1
            write_atomically(self.folder / key, data)

    def _prune(self) -> None:
        """Remove the results that have not been used for longest."""
        if self.folder is None or not self.folder.is_dir():
            return
        with os.scandir(self.folder) as entries:
            by_age = sorted((entry.stat().st_mtime, entry.path) for entry in entries)
        for _, path in by_age[: -self.most]:
            Path(path).unlink(missing_ok=True)


def user_cache(name: str) -> Path | None:
    """Return the folder `name` in the user's cache, or None if the user has no home folder."""
    place, base = os.environ.get(PLACE), os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(place) if place else Path(base or Path.home() / ".cache") / "nnkata") / name
    except RuntimeError:
        return None


def result_key(*parts: str | bytes) -> str:
    """Return the hash of the parts that a result depends on, in their order."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(b"%d " % len(data))
        digest.update(data)
    return digest.hexdigest()


@cache
def hash_engine() -> str:
    """Return a hash that changes with the engine, whose version does not while it is written."""
    return hash_installation(Path(__file__).parent)


def hash_installation(folder: Path) -> str:
    """Return a hash that changes whenever a file in an installed package changes.

    It is made from names, sizes and times, because reading all files would take longer than most
    results.
    """
    digest = hashlib.sha256()
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = f"{top}/{name}"
            with contextlib.suppress(OSError):
                stat = os.stat(path)  # noqa: PTH116
                times = f"{stat.st_mtime_ns} {stat.st_ctime_ns}"
                digest.update(f"{path} {stat.st_size} {times}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()

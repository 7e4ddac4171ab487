"""Remember which katas were verified, by a hash of everything that the result depends on."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import msgspec

from ..files import write_atomically
from ..model import Course, Kata

ENGINE = Path(__file__).parents[1]
PLACE = "NNKATA_PROOFS"
"""The variable that names a folder to use instead of the one in the user's cache."""
ENTRIES = 500
"""Maximum number of stored reports; the oldest are removed first."""


class ProofMemory:
    """Reports of katas that were found complete, in a folder of the user's cache."""

    def __init__(self, course: Course, options: msgspec.Struct) -> None:
        """Hash everything that the reports of all katas of a course depend on."""
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        self.folder = Path(os.environ.get(PLACE) or Path(base) / "nnkata" / "verify")
        self.course = course
        digest = hashlib.sha256(repr(options).encode())
        digest.update(f"{platform.python_version()} {platform.machine()}".encode())
        for package in ("numpy", "pytest", "msgspec"):
            digest.update(version(package).encode())
        for path in sorted(ENGINE.rglob("*.py")):
            _add(digest, path, ENGINE)
        self.common = digest.hexdigest()

    def recall(self, kata: Kata) -> bytes | None:
        """Return the stored report of a kata that has not changed since."""
        with contextlib.suppress(OSError):
            return self._file(kata).read_bytes()
        return None

    def store(self, kata: Kata, report: bytes) -> None:
        """Store the report of a complete kata, if the folder can be written to."""
        with contextlib.suppress(OSError):
            write_atomically(self._file(kata), report)
            entries = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
            for old in entries[:-ENTRIES]:
                old.unlink()

    def _file(self, kata: Kata) -> Path:
        digest = hashlib.sha256(f"{self.common} {kata.name}".encode())
        for root, path in self._inputs(kata):
            _add(digest, path, root)
        return self.folder / f"{digest.hexdigest()}.json"

    def _inputs(self, kata: Kata) -> Iterator[tuple[Path, Path]]:
        """Yield (folder, file) for every file that the report of a kata depends on."""
        course = self.course
        yield course.root, course.root / "course.toml"
        for path in sorted(course.given.values()):
            yield path.parent, path
        for path in sorted(kata.folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield kata.folder, path
        yield kata.reference_root, kata.reference
        for name in course.all_needs(kata.name):
            need = course.katas[name]
            yield need.reference_root, need.reference
            for path in (need.folder / "kata.toml", *need.variants()):
                yield need.folder, path


def _add(digest: hashlib._Hash, path: Path, root: Path) -> None:
    """Add a file's name and content to a hash; a missing file counts as such."""
    digest.update(str(path.relative_to(root)).encode() + b"\0")
    with contextlib.suppress(OSError):
        digest.update(hashlib.sha256(path.read_bytes()).digest())

"""Remember which katas were verified, by a hash of everything that the result depends on."""

from __future__ import annotations

import contextlib
import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import msgspec

from ..model import Course, Kata
from ..result_folder import ResultFolder, user_cache

ENGINE = Path(__file__).parents[1]
ENTRIES = 500
"""Maximum number of stored reports; the oldest are removed first."""


class ProofMemory:
    """Reports of katas that were found complete, in a folder of the user's cache."""

    def __init__(self, course: Course, options: msgspec.Struct) -> None:
        """Hash everything that the reports of all katas of a course depend on."""
        self.results = ResultFolder(user_cache("verify"), ENTRIES)
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
        return self.results.read(self._key(kata))

    def store(self, kata: Kata, report: bytes) -> None:
        """Store the report of a complete kata, if the folder can be written to."""
        self.results.write(self._key(kata), report)

    def _key(self, kata: Kata) -> str:
        digest = hashlib.sha256(f"{self.common} {kata.name}".encode())
        for root, path in self._inputs(kata):
            _add(digest, path, root)
        return digest.hexdigest()

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

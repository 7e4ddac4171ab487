"""Find the part of a submission to grade: the package's folder, an archive, or one module's file.

If that is unclear, nothing is guessed: `NeedsPersonError` says why, and what to do.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from ..model import Course, NeedsPerson, Rejection
from ..sandbox.child.archive_reader import MAX_DEPTH, looks_like
from ..text.sanitize import escape_name

STRAY_FILES = frozenset(
    "__macosx thumbs.db desktop.ini .ds_store submission_metadata.yml submission_metadata.json "
    "grades.csv".split()
)
"""Names, in lower case, of files that operating systems and learning platforms add."""
ARCHIVE_SUFFIXES = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
MAX_FOLDERS = 1000
"""The maximum number of folders at each depth that are searched for the package."""
IF_SUBMISSIONS = "if these are submissions, grade the folder above them with --each"


class NeedsPersonError(Exception):
    """Raised for a submission that cannot be judged: the reason, its place, and what to do."""

    def __init__(
        self, reason: str, place: str, next_step: str, refused: list[Rejection] | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place
        self.next_step = next_step
        self.refused = refused or []

    def entry(self, submission: str) -> NeedsPerson:
        """Return this problem as the submission's entry in the results."""
        return NeedsPerson(submission, self.reason, self.place, self.next_step)


class NoCourseFilesError(NeedsPersonError):
    """Raised for a submission without any file of the course."""


def is_stray(name: str) -> bool:
    """Return whether a name belongs to a hidden file, or to one that a system added."""
    return name.startswith(".") or name.casefold() in STRAY_FILES


def is_archive_name(name: str) -> bool:
    """Return whether a name has the extension of an archive, in upper or lower case."""
    return not is_stray(name) and name.casefold().endswith(ARCHIVE_SUFFIXES)


def find_package(path: Path, course: Course) -> Path:
    """Return the package's folder in a submission, at any depth, or the submission itself.

    A package counts for everything below the folder that contains it. If there is no package, and
    no module at the top level, a folder with a similar name (such as a second download) is used.
    Raises `NeedsPersonError` if two folders next to each other contain a package, and `OSError` if
    no package is found and some folder could not be read.
    """
    unreadable: list[OSError] = []
    packages: list[Path] = []
    lookalikes: list[Path] = []
    for inside in _walk(path, unreadable, packages):
        packages += [p for p in inside if p.name == course.package]
        lookalikes += [p for p in inside if looks_like(p.name, course.package)]
    if len(packages) > 1:
        raise _two_packages_error(packages, path, course)
    if packages:
        return packages[0]
    if unreadable:
        raise unreadable[0]
    if any(find_file(path, kata.module) is not None for kata in course.katas.values()):
        return path
    outermost: list[Path] = []
    for one in lookalikes:
        if not any(other.parent in one.parents[1:] for other in outermost):
            outermost.append(one)
    if len(outermost) > 1:
        raise _two_packages_error(outermost, path, course)
    return outermost[0] if outermost else path


def _walk(path: Path, unreadable: list[OSError], packages: list[Path]) -> Iterator[list[Path]]:
    """Yield the folders in each folder, the outermost first; folders below a package are left out.

    `packages` are the packages that the caller has found so far. Links are not followed.
    """
    level = [path]
    for _ in range(MAX_DEPTH):
        below: list[Path] = []
        for folder in level:
            try:
                inside = sorted(p for p in folder.iterdir() if p.is_dir() and not p.is_symlink())
            except PermissionError as error:
                unreadable.append(error)
                continue
            yield inside
            below += [p for p in inside if not is_stray(p.name)]
        covered = {package.parent for package in packages}
        level = [p for p in below if covered.isdisjoint((p, *p.parents))][:MAX_FOLDERS]


def find_file(root: Path, module: str) -> str | None:
    """Return the path of a module below `root`, whose case may differ, or None if there is none.

    Raises `NeedsPersonError` if two names differ only in case and neither is the right one.
    """
    if (root / module).exists() or (root / module).is_symlink():
        return module
    found = [""]
    for part in module.split("/"):
        found = [
            f"{above}{name}"
            for above in found
            for name in _names_in(root / above)
            if name.casefold() == part.casefold()
        ]
        found = [f"{name}/" for name in found]
    if len(found) > 1:
        raise NeedsPersonError(
            f"two names differ only in case: {found[0][:-1]} and {found[1][:-1]}",
            escape_name(str(root)),
            "decide which of them counts, and grade that one",
        )
    return found[0][:-1] if found else None


def _names_in(folder: Path) -> list[str]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir())


def find_archive(path: Path, course: Course) -> Path | None:
    """Return the archive if the folder contains exactly one, at any depth; None if there is none.

    Learning platforms deliver submissions as such folders. Raises `NeedsPersonError` if there are
    several.
    """
    archives = [p for p in _files_below(path) if is_archive_name(p.name)]
    if len(archives) > 1:
        raise NoCourseFilesError(
            f"it contains {len(archives)} archives, and no file of the course {course.name}",
            escape_name(str(path)),
            "decide which of them counts, and grade that one; if these are submissions, grade "
            "this folder with --each",
        )
    return archives[0] if archives else None


def find_single_file(path: Path, module: str) -> Path | None:
    """Return the file in a folder that has the name of a module, wherever it is.

    The name of a second download counts too. Raises `NeedsPersonError` if there are several.
    """
    stem = Path(module).stem
    found = [p for p in _files_below(path) if is_module_name(p.name, stem)]
    if len(found) > 1:
        both = " and ".join(escape_name(str(p.relative_to(path))) for p in found[:2])
        raise NeedsPersonError(
            f"it contains {Path(module).name} more than once: {both}",
            escape_name(str(path)),
            f"decide which of them counts, and grade that one; {IF_SUBMISSIONS}",
        )
    return found[0] if found else None


def _files_below(path: Path) -> list[Path]:
    """Return the files in a folder and in the folders below it, without hidden and stray ones."""
    folders = [path, *(p for inside in _walk(path, [], []) for p in inside if not is_stray(p.name))]
    files: list[Path] = []
    for folder in folders:
        with contextlib.suppress(OSError):
            files += sorted(p for p in folder.iterdir() if p.is_file() and not p.is_symlink())
    return files


def is_module_name(name: str, stem: str) -> bool:
    """Return whether a file has the name of a module, or of a second download of it."""
    rest, dot, ending = name.rpartition(".")
    return dot == "." and ending.casefold() == "py" and looks_like(rest, stem)


def is_other_module(name: str, module: str, course: Course) -> bool:
    """Return whether a file has the name of another module of the course, and not of this one."""
    if is_module_name(name, Path(module).stem):
        return False
    return any(is_module_name(name, Path(k.module).stem) for k in course.katas.values())


def make_no_files_error(
    path: Path, course: Course, refused: list[Rejection] | None = None
) -> NoCourseFilesError:
    """Return the error for a submission without any file of the course."""
    first = next(iter(course.katas.values())).module
    return NoCourseFilesError(
        f"it contains no file of the course {course.name} (for example {course.package}/{first})",
        escape_name(str(path)),
        f"ask for a folder with {course.package}/ in it, or an archive of one",
        refused,
    )


def _two_packages_error(packages: list[Path], path: Path, course: Course) -> NeedsPersonError:
    places = sorted(escape_name(str(p.parent.relative_to(path))) for p in packages)[:2]
    return NeedsPersonError(
        f"it contains {course.package}/ more than once: in {' and '.join(places)}",
        escape_name(str(path)),
        "decide which of them counts, and grade that folder; if these are submissions, "
        "grade the folder above them with --each",
    )

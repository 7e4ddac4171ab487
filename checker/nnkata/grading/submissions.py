"""Open a submission: a workspace, a folder or an archive, without unpacking it.

Only the module files of a course are read. A file that is not plain text, or could do harm, is
rejected and listed by name, and the rest is graded. A submission that cannot be graded at all gets
no verdict: `NeedsPersonError` says why, and what to do.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from msgspec import Struct

from ..errors import KataError
from ..files import decode_text, open_regular_file, read_module, read_module_or_raise
from ..model import Course, LoadFailure, NeedsPerson, Rejection
from ..sandbox.child.archive_reader import MAX_DEPTH, looks_like
from ..sandbox.pool import WorkerPool
from ..text.sanitize import escape_name
from .archives import MAX_ARCHIVE_BYTES, ArchiveContent, read_archive

STRAY_FILES = frozenset(
    "__macosx thumbs.db desktop.ini .ds_store submission_metadata.yml submission_metadata.json "
    "grades.csv".split()
)
"""Names, in lower case, of files that operating systems and learning platforms add."""
ARCHIVE_SUFFIXES = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
MAX_FOLDERS = 1000
"""How many folders at each depth are searched for the package."""
MARKER = ".kata/workspace.toml"
_MARKED_COURSE = re.compile(r'^course *= *"([a-z0-9_]{1,80})" *$', re.MULTILINE)


class OpenSubmission(Struct, frozen=True):
    """A submission that was read: its name, its modules and rejected files."""

    name: str
    modules: dict[str, str | LoadFailure]
    refused: list[Rejection]

    def read(self, module: str) -> str | LoadFailure:
        """Return the text of a module, or why there is none."""
        missing = LoadFailure("missing", f"there is no file {module}", module)
        return self.modules.get(module, missing)


class NeedsPersonError(Exception):
    """A submission that cannot be judged: the reason, where it is, and what to do."""

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
    """A submission without any file of the course."""


def find_submissions(path: Path, each: bool) -> list[Path]:
    """Return the submissions at a path: the path, or with `each` the entries of the folder.

    Hidden entries and `STRAY_FILES` are left out. Raises `KataError` if there are none.
    """
    if not path.exists() and not path.is_symlink():
        raise KataError(f"{path} does not exist", next_step="name a folder or an archive")
    if not each:
        return [path.absolute()]
    if not path.is_dir():
        raise KataError(
            f"{path} is not a folder", next_step="leave out --each to grade one archive"
        )
    entries = sorted(p for p in path.iterdir() if not _is_stray(p.name))
    if not entries:
        raise KataError(
            f"{path} contains no submission",
            next_step="put one folder or archive per submission into it",
        )
    return entries


def _is_stray(name: str) -> bool:
    return name.startswith(".") or name.casefold() in STRAY_FILES


def find_submission_course(path: Path) -> str | None:
    """Return the course that a submission names if it is a workspace with a marker, else None."""
    try:
        text = read_module(path, MARKER)
    except OSError:
        return None
    match = _MARKED_COURSE.search(text) if isinstance(text, str) else None
    return match[1] if match else None


def open_submission(path: Path, course: Course, pool: WorkerPool) -> OpenSubmission:
    """Read a workspace, a folder that contains the package, or an archive of one.

    An archive is read by a worker of `pool`. Raises `NeedsPersonError` for a submission that
    cannot be judged.
    """
    name = escape_name(path.name)
    try:
        if path.is_symlink():
            raise _link_error(path)
        if path.is_dir():
            try:
                return OpenSubmission(name, _read_folder(path, course), [])
            except NoCourseFilesError:
                inner = _find_archive(path)
                if inner is None:
                    raise
                path = inner
        with open_regular_file(path) as file:
            if os.fstat(file.fileno()).st_size > MAX_ARCHIVE_BYTES:
                reason = f"it is larger than {MAX_ARCHIVE_BYTES // 2**20} MiB"
                content = ArchiveContent({}, {}, [], 0, "size", reason)
            else:
                content = read_archive(file, course, pool)
    except OSError as error:
        place = escape_name(str(error.filename or path))
        raise NeedsPersonError(
            f"it cannot be read: {error.strerror or error}",
            place,
            "give the grader permission to read it, then grade it again",
        ) from None
    modules, refused = _use_archive(content, course, path)
    return OpenSubmission(name, modules, refused)


def _link_error(path: Path) -> NeedsPersonError:
    return NeedsPersonError(
        "it is a link", escape_name(str(path)), "grade the folder or archive that it points to"
    )


def _read_folder(path: Path, course: Course) -> dict[str, str | LoadFailure]:
    """Return the modules in a folder; raises `NeedsPersonError`, or lets an `OSError` through."""
    root = _find_package(path, course)
    modules: dict[str, str | LoadFailure] = {}
    for kata in course.katas.values():
        text = read_module_or_raise(root, kata.module)
        if text is not None:
            modules[kata.module] = text
    if modules:
        return modules
    marked = find_submission_course(path)
    if marked not in (None, course.name):
        raise NeedsPersonError(
            f"it is a workspace of the course {marked}, and contains no file of {course.name}",
            escape_name(str(path)),
            f"grade it with --course {marked}",
        )
    raise _no_course_files_error(path, course)


def _no_course_files_error(
    path: Path, course: Course, refused: list[Rejection] | None = None
) -> NeedsPersonError:
    first = next(iter(course.katas.values())).module
    return NoCourseFilesError(
        f"it contains no file of the course {course.name} (for example {course.package}/{first})",
        escape_name(str(path)),
        f"ask for a folder with {course.package}/ in it, or an archive of one",
        refused,
    )


def _find_package(path: Path, course: Course) -> Path:
    """Return the package's folder in a submission, at any depth, or the submission itself.

    The outermost one counts. If there is no package, and no module at the top level, a folder with
    a similar name (such as a second download) is used. Raises `NeedsPersonError` if two folders at
    one depth contain a package, and `OSError` if no package is found and some folder could not be
    read.
    """
    level = [path]
    unreadable: OSError | None = None
    lookalikes: list[Path] = []
    for _ in range(MAX_DEPTH):
        matches: list[Path] = []
        below: list[Path] = []
        for folder in level:
            try:
                inside = sorted(p for p in folder.iterdir() if p.is_dir() and not p.is_symlink())
            except PermissionError as error:
                unreadable = unreadable or error
                continue
            matches += [p for p in inside if p.name == course.package]
            lookalikes += [p for p in inside if looks_like(p.name, course.package)]
            below += [p for p in inside if not _is_stray(p.name)]
        if len(matches) > 1:
            raise _two_packages_error(matches, path, course)
        if matches:
            return matches[0]
        level = below[:MAX_FOLDERS]
    if unreadable is not None:
        raise unreadable
    if any((path / kata.module).exists() for kata in course.katas.values()):
        return path
    depth = min((len(p.parts) for p in lookalikes), default=0)
    outermost = [p for p in lookalikes if len(p.parts) == depth]
    if len(outermost) > 1:
        raise _two_packages_error(outermost, path, course)
    return outermost[0] if outermost else path


def _two_packages_error(packages: list[Path], path: Path, course: Course) -> NeedsPersonError:
    places = sorted(escape_name(str(p.parent.relative_to(path))) for p in packages)[:2]
    return NeedsPersonError(
        f"it contains {course.package}/ more than once: in {' and '.join(places)}",
        escape_name(str(path)),
        "decide which of them counts, and grade that folder; if these are submissions, "
        "grade the folder above them with --each",
    )


def _find_archive(path: Path) -> Path | None:
    """Return the archive if the folder contains exactly one; otherwise None.

    Learning platforms deliver submissions as such folders.
    """
    try:
        files = [p for p in path.iterdir() if p.is_file() and not p.is_symlink()]
    except OSError:
        return None
    archives = [p for p in files if not _is_stray(p.name) and p.name.endswith(ARCHIVE_SUFFIXES)]
    return archives[0] if len(archives) == 1 else None


NEXT_STEPS = {
    "encrypted": "ask for an archive without a password",
    "method": "ask for a zip archive with the usual compression (deflate)",
    "ambiguous": "decide which of them counts, and grade that one",
    "size": "ask for an archive of {package}/ and nothing else",
}
"""What to do about an archive, by the kind of problem."""


def _use_archive(
    content: ArchiveContent, course: Course, path: Path
) -> tuple[dict[str, str | LoadFailure], list[Rejection]]:
    """Return the modules of an archive and the rejected names; raises `NeedsPersonError`."""
    refused = [Rejection(escape_name(name), escape_name(why)) for name, why in content.refused]
    if content.refused_count > len(refused):
        more = f"{content.refused_count - len(refused)} more names"
        refused.append(Rejection(more, "they are rejected too, and not listed"))
    if content.problem == "nothing":
        raise _no_course_files_error(path, course, refused)
    shown = escape_name(str(path))
    if content.problem == "format":
        raise NeedsPersonError(
            "it is neither a folder nor a zip or tar archive",
            shown,
            f"ask for a folder with {course.package}/ in it, or an archive of one",
            refused,
        )
    if content.problem:
        reason = escape_name(content.reason)
        if content.problem == "damaged":
            reason = f"the archive is damaged: {reason}"
        elif content.problem == "limit":
            reason = f"the archive is rejected: {reason}"
        place = f"{escape_name(content.place)} in {shown}" if content.place else shown
        step = NEXT_STEPS.get(content.problem, "ask for a new submission")
        raise NeedsPersonError(reason, place, step.format(package=course.package), refused)
    modules: dict[str, str | LoadFailure] = {
        module: decode_text(data, module) for module, data in content.data.items()
    }
    for module, why in content.failures.items():
        modules[module] = LoadFailure("missing", f"{module} {escape_name(why)}", module)
    return modules, refused

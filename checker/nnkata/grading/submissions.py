"""Open a submission: a workspace, a folder, an archive (without unpacking it) or one module file.

Only the module files of a course are read. A file that is not plain text, or could do harm, is
rejected and listed by name, and the rest is graded. A submission that cannot be graded at all gets
no verdict: `NeedsPersonError` says why, and what to do.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..errors import KataError
from ..files import decode_text, open_regular_file, read_module, read_module_or_raise
from ..model import Course, Kata, LoadFailure, Rejection
from ..sandbox.pool import WorkerPool
from ..text.sanitize import escape_name
from .archives import MAX_ARCHIVE_BYTES, ArchiveContent, read_archive
from .layouts import (
    NeedsPersonError,
    NoCourseFilesError,
    find_archive,
    find_file,
    find_package,
    find_single_file,
    is_other_module,
    is_stray,
    make_no_files_error,
)

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
    entries = sorted(p for p in path.iterdir() if not is_stray(p.name))
    if not entries:
        raise KataError(
            f"{path} contains no submission",
            next_step="put one folder or archive per submission into it",
        )
    return entries


def find_submission_course(path: Path) -> str | None:
    """Return the course named by a workspace's marker file, or None without such a file."""
    try:
        text = read_module(path, MARKER)
    except OSError:
        return None
    match = _MARKED_COURSE.search(text) if isinstance(text, str) else None
    return match[1] if match else None


def single_module(katas: Sequence[Kata]) -> str:
    """Return the module of the only kata that is graded, or "" if there are several."""
    return katas[0].module if len(katas) == 1 else ""


def open_submission(
    path: Path, course: Course, pool: WorkerPool, single: str = ""
) -> OpenSubmission:
    """Read a workspace, a folder that contains the package, or an archive of one.

    If `single` names the only module that is graded, its file alone is a submission too. A worker
    of `pool` reads an archive. Raises `NeedsPersonError` for a submission that cannot be judged.
    """
    name = escape_name(path.name)
    try:
        if path.is_symlink():
            raise _link_error(path)
        if path.is_dir():
            try:
                return OpenSubmission(name, _read_folder(path, course, single), [])
            except NoCourseFilesError:
                inner = find_archive(path, course)
                if inner is None:
                    raise
                path = inner
        elif path.suffix.casefold() == ".py":
            return OpenSubmission(name, _read_single_file(path, course, single), [])
        with open_regular_file(path) as file:
            if os.fstat(file.fileno()).st_size > MAX_ARCHIVE_BYTES:
                reason = f"it is larger than {MAX_ARCHIVE_BYTES // 2**20} MiB"
                content = ArchiveContent({}, {}, [], 0, "size", reason)
            else:
                content = read_archive(file, course, pool, single)
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


def _read_folder(path: Path, course: Course, single: str) -> dict[str, str | LoadFailure]:
    """Return the modules in a folder; raises `NeedsPersonError`, or lets an `OSError` through."""
    root = find_package(path, course)
    modules: dict[str, str | LoadFailure] = {}
    for kata in course.katas.values():
        text = read_module_or_raise(root, kata.module)
        if text is None and (other := find_file(root, kata.module)) is not None:
            text = read_module_or_raise(root, other)
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
    if single and (file := find_single_file(path, single)) is not None:
        return _read_single_file(file, course, single)
    raise make_no_files_error(path, course)


def _read_single_file(path: Path, course: Course, single: str) -> dict[str, str | LoadFailure]:
    """Return a file's text as the text of the only module that is graded.

    Raises `NeedsPersonError` if several modules are graded, or if the file has the name of another.
    """
    if not single:
        raise NeedsPersonError(
            "it is a single file, and more than one kata is graded",
            escape_name(str(path)),
            f"grade the kata that it belongs to with --kata, or ask for a folder with "
            f"{course.package}/ in it",
        )
    if is_other_module(path.name, single, course):
        raise NeedsPersonError(
            f"it is a file with the name of another module, not {Path(single).name}",
            escape_name(str(path)),
            f"if it is {single}, rename it; otherwise ask for that file",
        )
    text = read_module_or_raise(path.parent, path.name)
    if text is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    if isinstance(text, LoadFailure):
        text = replace(text, file=single)
    return {single: text}


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
        raise make_no_files_error(path, course, refused)
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

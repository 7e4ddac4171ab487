"""Find and read the course folder that a kata is added to, and check that its names are free."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from ..course.loading import package_folder
from ..course.names import slug_of
from ..course.toml_reader import read_toml
from ..errors import CourseError, KataError
from ..model import Course, CourseFile, KataFile


class CourseFolder(Struct, frozen=True):
    """A course folder that a kata is added to: its table, and the katas that exist."""

    root: Path
    file: CourseFile
    reference_root: Path
    own: dict[str, KataFile]
    """The katas of this folder that exist."""
    others: dict[str, KataFile]
    """The katas of the course that it extends."""
    given: frozenset[str]
    titles: dict[str, str]
    """The titles of the tracks."""

    @property
    def toml(self) -> Path:
        """The path of course.toml."""
        return self.root / "course.toml"


def find_course(start: Path) -> Path:
    """Return the folder with the course.toml that `start` is in, or the only one just below it.

    Raises `KataError` when there is none, or more than one.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "course.toml").is_file():
            return folder
    courses = sorted(
        path.parent
        for pattern in ("*/course.toml", "*/*/course.toml")
        for path in start.glob(pattern)
        if not any(part.startswith(".") for part in path.relative_to(start).parts)
    )
    if len(courses) == 1:
        return courses[0]
    if courses:
        names = ", ".join(str(path.relative_to(start)) for path in courses)
        raise KataError(
            f"there are several courses in {start}: {names}",
            next_step=f"name one: --in {courses[0].relative_to(start)}",
        )
    raise KataError(
        f"there is no course.toml in {start}, above it or just below it",
        next_step="name the course's folder with --in, or start one: kata new course NAME",
    )


def read_course_folder(root: Path, courses: Mapping[str, Course]) -> CourseFolder:
    """Read the course in `root`; `courses` are the installed ones, which it may extend.

    A kata that course.toml lists but that does not exist yet is left out: it may be the one to
    create. Raises `CourseError`.
    """
    toml = root / "course.toml"
    file = read_toml(toml, CourseFile)
    base = courses.get(file.extends) if file.extends is not None else None
    if file.extends is not None and base is None:
        raise CourseError(
            f"{toml}: it extends the course {file.extends}, which is not installed",
            next_step="install the distribution that offers it, or correct `extends`",
        )
    tables = {
        name: root / track.name / name / "kata.toml"
        for track in file.tracks
        for name in track.katas
    }
    titles = {track.name: track.title for track in base.tracks} if base else {}
    return CourseFolder(
        root=root,
        file=file,
        reference_root=_reference_root(root, file),
        own={n: read_toml(path, KataFile) for n, path in tables.items() if path.is_file()},
        # An installed pack is part of the course that it extends: leave its own katas out here.
        others={n: k.file for n, k in base.katas.items() if k.course != file.name} if base else {},
        given=frozenset(file.given) | frozenset(base.given if base else ()),
        titles=titles | {track.name: track.title for track in file.tracks},
    )


def _reference_root(root: Path, file: CourseFile) -> Path:
    """Return the folder of the reference package: next to the course, or where Python finds it."""
    beside = root.parent / file.reference
    if beside.is_dir():
        return beside
    installed = package_folder(file.reference, root / "course.toml")
    if "site-packages" in installed.parts and "site-packages" not in root.parts:
        raise KataError(
            f"the reference package of {root} is an installed copy, {installed}",
            next_step="install the course from its source, so that both are edited together: "
            "pip install -e FOLDER",
        )
    return installed


def likely_track(course: CourseFolder, module: str | None) -> str:
    """Return the track named like the module's folder, or the only one; raises `KataError`."""
    names = [track.name for track in course.file.tracks]
    if module is not None and "/" in module:
        folder = slug_of(module.partition("/")[0])
        if folder in names or folder in course.titles:
            return folder
    if len(names) == 1:
        return names[0]
    raise KataError(
        f"{course.toml} has {len(names)} tracks, so the kata needs the name of one",
        next_step=f"name it: --track {names[0] if names else 'basics'}",
    )


def check_free(course: CourseFolder, name: str, track: str, module: str) -> None:
    """Raise `KataError` if another kata has the name or the module."""
    listed = next((t.name for t in course.file.tracks if name in t.katas), track)
    if listed != track:
        raise KataError(
            f"{course.toml} lists the kata {name} in the track {listed}",
            next_step=f"start it there, --track {listed}, or choose another name",
        )
    if name in course.others:
        raise KataError(
            f"the course {course.file.extends} has a kata {name}", next_step="choose another name"
        )
    for other, file in (course.others | course.own).items():
        if file.module == module and other != name:
            raise KataError(
                f"the module {module} belongs to the kata {other}",
                next_step="choose another with --module; a kata is exactly one module",
            )
    if module in course.given:
        raise KataError(
            f"{module} is a given file of the course",
            next_step="choose another module with --module, or remove that file from `given`",
        )

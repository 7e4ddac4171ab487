"""A course folder that katas are added to: found, read, and asked what is free in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from ..course.loading import package_folder
from ..course.names import slug_of
from ..course.toml_reader import read_table
from ..errors import CourseError, KataError
from ..model import Course, CourseFile, KataFile


class Place(Struct, frozen=True):
    """A course folder that a kata is added to, as far as it can be read."""

    root: Path
    file: CourseFile
    reference_root: Path
    own: dict[str, KataFile]
    """The katas of this folder that are there already."""
    others: dict[str, KataFile]
    """The katas of the course that it extends."""
    given: frozenset[str]
    titles: dict[str, str]
    """The titles of the tracks."""

    @property
    def toml(self) -> Path:
        """The course's table."""
        return self.root / "course.toml"


def find_course(start: Path) -> Path:
    """Return the folder with the course.toml that `start` is in, or the only one just below it.

    Raises `KataError` when there is none, or more than one.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "course.toml").is_file():
            return folder
    found = sorted(
        path.parent
        for pattern in ("*/course.toml", "*/*/course.toml")
        for path in start.glob(pattern)
        if not any(part.startswith(".") for part in path.relative_to(start).parts)
    )
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(str(path.relative_to(start)) for path in found)
        raise KataError(
            f"there are several courses in {start}: {names}",
            next_step=f"say which: --in {found[0].relative_to(start)}",
        )
    raise KataError(
        f"there is no course.toml in {start}, above it or just below it",
        next_step="name the course's folder with --in, or start one: kata new course NAME",
    )


def read_place(root: Path, courses: Mapping[str, Course]) -> Place:
    """Read the course in `root`; `courses` are the installed ones, which it may extend.

    A kata that course.toml lists and that is not there yet is passed over: it may be the one that
    is to be started. Raises `CourseError`.
    """
    toml = root / "course.toml"
    file = read_table(toml, CourseFile)
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
    return Place(
        root=root,
        file=file,
        reference_root=_reference_root(root, file),
        own={n: read_table(path, KataFile) for n, path in tables.items() if path.is_file()},
        # An installed pack is part of the course that it extends: leave its own katas out here.
        others={n: k.file for n, k in base.katas.items() if k.course != file.name} if base else {},
        given=frozenset(file.given) | frozenset(base.given if base else ()),
        titles=titles | {track.name: track.title for track in file.tracks},
    )


def _reference_root(root: Path, file: CourseFile) -> Path:
    """Return the source of the reference package: beside the course, or where Python finds it."""
    beside = root.parent / file.reference
    if beside.is_dir():
        return beside
    found = package_folder(file.reference, root / "course.toml")
    if "site-packages" in found.parts and "site-packages" not in root.parts:
        raise KataError(
            f"the reference package of {root} is an installed copy, {found}",
            next_step="install the course from its source, so that both are edited together: "
            "pip install -e FOLDER",
        )
    return found


def likely_track(place: Place, module: str | None) -> str:
    """Return the track of the module's folder, or the only one; raises `KataError`."""
    names = [track.name for track in place.file.tracks]
    if module is not None and "/" in module:
        folder = slug_of(module.partition("/")[0])
        if folder in names or folder in place.titles:
            return folder
    if len(names) == 1:
        return names[0]
    raise KataError(
        f"{place.toml} has {len(names)} tracks, and nothing says which of them the kata is for",
        next_step=f"say it: --track {names[0] if names else 'basics'}",
    )


def check_free(place: Place, name: str, track: str, module: str) -> None:
    """Refuse a name or a module that another kata has."""
    listed = next((t.name for t in place.file.tracks if name in t.katas), track)
    if listed != track:
        raise KataError(
            f"{place.toml} lists the kata {name} in the track {listed}",
            next_step=f"start it there, --track {listed}, or choose another name",
        )
    if name in place.others:
        raise KataError(
            f"the course {place.file.extends} has a kata {name}", next_step="choose another name"
        )
    for other, file in (place.others | place.own).items():
        if file.module == module and other != name:
            raise KataError(
                f"the module {module} is that of the kata {other}",
                next_step="choose another with --module; a kata is exactly one module",
            )
    if module in place.given:
        raise KataError(
            f"the course hands out {module} finished",
            next_step="choose another module with --module, or take that file out of `given`",
        )

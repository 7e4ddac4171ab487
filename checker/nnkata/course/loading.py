"""Read courses from their folders, each with the packs that extend it."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from ..errors import CourseError, KataError
from ..model import Course, CourseFile, Kata, KataFile, Track
from ..plugins import BrokenPlugin
from .toml_reader import read_toml

RESERVED = frozenset({"need", "probe", "rng", "py_rng", "fn"})
"""Names that the checks' `solution` keeps for itself; no kata may export them."""


class Pack(Struct, frozen=True):
    """One course folder as it was read: its table, its tracks and its katas."""

    plugin: str
    root: Path
    file: CourseFile
    reference_root: Path
    tracks: list[Track]
    katas: dict[str, Kata]


def read_pack(root: Path, plugin: str = "") -> Pack:
    """Read one folder with a course.toml and the katas that it lists.

    Raises `CourseError`, which names the file to mend.
    """
    file = read_toml(root / "course.toml", CourseFile)
    if (file.package is None) == (file.extends is None):
        raise CourseError(
            f"{root / 'course.toml'}: give either `package` (a course of its own) or `extends` "
            "(katas for another course), and not both"
        )
    for key, value in (("training", file.training), ("whole", file.whole)):
        if value is not None and file.extends is not None:
            raise CourseError(
                f"{root / 'course.toml'}: `{key}` belongs in the course.toml of the course that "
                "is extended",
                next_step=f"remove `{key}`",
            )
    if file.training is not None and not (root / file.training).is_file():
        raise CourseError(f"{root / 'course.toml'}: {root / file.training} is missing")
    reference_root = package_folder(file.reference, root / "course.toml")
    tracks = [Track(t.name, t.title, list(t.katas)) for t in file.tracks]
    katas: dict[str, Kata] = {}
    for track in tracks:
        for name in track.katas:
            if name in katas:
                raise CourseError(f"{root / 'course.toml'}: the kata {name} is listed twice")
            kata = read_kata(root / track.name / name, file.name, track.name, reference_root)
            for other in katas.values():
                if other.module == kata.module:
                    raise CourseError(
                        f"{kata.folder / 'kata.toml'}: the module {kata.module} is claimed by "
                        f"{other.name} and by {name}"
                    )
            if kata.module in file.given:
                raise CourseError(
                    f"{kata.folder / 'kata.toml'}: the module {kata.module} is given by "
                    f"{root / 'course.toml'}, so no kata can ask for it"
                )
            katas[name] = kata
    if file.map is not None:
        _check_map(root / "course.toml", file, katas)
    return Pack(plugin, root, file, reference_root, tracks, katas)


def _check_map(path: Path, file: CourseFile, katas: dict[str, Kata]) -> None:
    if file.extends is not None:
        raise CourseError(f"{path}: `map` belongs to the course that is extended, whose map it is")
    if file.map not in katas:
        near = get_close_matches(str(file.map), katas, 1)
        raise CourseError(
            f"{path}: `map` names {file.map}, which is no kata of this course",
            next_step=f"did you mean {near[0]}?" if near else "name one of its katas",
        )
    pictures = katas[file.map].folder / "pictures.py"
    if not pictures.is_file():
        raise CourseError(f"{path}: `map` names {file.map}, and {pictures} is missing")


def read_kata(folder: Path, course: str, track: str, reference_root: Path) -> Kata:
    """Read one kata's folder; raises `CourseError` naming what is wrong in kata.toml."""
    file = read_toml(folder / "kata.toml", KataFile)
    for name in file.exports:
        if name in RESERVED:
            raise CourseError(
                f"{folder / 'kata.toml'}: a kata may not export `{name}`: checks use that name"
            )
    return Kata(folder.name, course, track, folder, reference_root, file)


def assemble(packs: Iterable[Pack]) -> tuple[dict[str, Course], list[BrokenPlugin]]:
    """Make courses of packs: every course with the packs that extend it.

    A pack that extends a course it does not find, or that would replace one of its katas
    or modules, is left out and named; the others stand.
    """
    own = [p for p in packs if p.file.extends is None]
    extending = [p for p in packs if p.file.extends is not None]
    courses: dict[str, Course] = {}
    broken: list[BrokenPlugin] = []
    owners: dict[str, str] = {}
    for pack in own:
        name = pack.file.name
        if name in courses:
            why = f"it offers a course named {name}, and so does {owners[name]}: uninstall one"
            broken.append(BrokenPlugin(pack.plugin, why))
            continue
        course = _course(pack)
        why = _unmet(course)
        if why:
            broken.append(BrokenPlugin(pack.plugin, why))
            continue
        courses[name], owners[name] = course, pack.plugin
    for pack in extending:
        base = courses.get(str(pack.file.extends))
        why = _refused(pack, base)
        if base is not None and not why:
            extended = _extended(base, pack)
            why = _unmet(extended)
            if not why:
                courses[base.name] = extended
        if why:
            broken.append(BrokenPlugin(pack.plugin, why))
    return courses, broken


def read_courses(roots: Iterable[tuple[str, Path]]) -> tuple[dict[str, Course], list[BrokenPlugin]]:
    """Read the courses in `roots`, (plugin, folder) each; a broken one is named and left out."""
    packs: list[Pack] = []
    broken: list[BrokenPlugin] = []
    for plugin, root in roots:
        try:
            packs.append(read_pack(root, plugin))
        except CourseError as error:
            broken.append(BrokenPlugin(plugin, error.message))
    courses, more = assemble(packs)
    return courses, broken + more


def _course(pack: Pack) -> Course:
    assert pack.file.package is not None
    return Course(
        name=pack.file.name,
        title=pack.file.title,
        package=pack.file.package,
        root=pack.root,
        reference_root=pack.reference_root,
        tracks=pack.tracks,
        katas=pack.katas,
        given=_given(pack),
        borrow=pack.file.borrow,
        training=pack.root / pack.file.training if pack.file.training else None,
        whole=pack.file.whole or "package",
        map=pack.file.map,
    )


def _extended(base: Course, pack: Pack) -> Course:
    tracks = list(base.tracks)
    for track in pack.tracks:
        same = next((i for i, t in enumerate(tracks) if t.name == track.name), None)
        if same is None:
            tracks.append(track)
        else:
            old = tracks[same]
            tracks[same] = Track(old.name, old.title, old.katas + track.katas)
    every = base.katas | pack.katas
    ordered = {name: every[name] for track in tracks for name in track.katas}
    return Course(
        name=base.name,
        title=base.title,
        package=base.package,
        root=base.root,
        reference_root=base.reference_root,
        tracks=tracks,
        katas=ordered,
        given=base.given | _given(pack),
        borrow=base.borrow,
        training=base.training,
        whole=base.whole,
        map=base.map,
    )


def _given(pack: Pack) -> dict[str, Path]:
    given = {}
    for name in pack.file.given:
        path = pack.reference_root / name
        if not path.is_file():
            raise CourseError(f"{pack.root / 'course.toml'}: the given file {path} is missing")
        given[name] = path
    return given


def _refused(pack: Pack, base: Course | None) -> str:
    """Say why `pack` may not extend `base`, or nothing."""
    if base is None:
        return f"it extends the course {pack.file.extends}, which is not installed"
    for name, kata in pack.katas.items():
        if name in base.katas:
            owner = base.katas[name].course
            return f"the kata {name} is claimed by {owner} and by {pack.file.name}"
        for other in base.katas.values():
            if other.module == kata.module:
                return (
                    f"the module {kata.module} is claimed by {other.name} ({other.course}) "
                    f"and by {name} ({pack.file.name})"
                )
    for given in pack.file.given:
        if given in base.given or any(k.module == given for k in base.katas.values()):
            return f"the given file {given} belongs to {base.name} already"
    return ""


def _unmet(course: Course) -> str:
    """Say which kata needs something that is not there, or that needs itself."""
    for name, kata in course.katas.items():
        for need in kata.needs:
            if need not in course.katas:
                return (
                    f"{kata.folder / 'kata.toml'}: the kata {name} needs {need}, which is no kata"
                )
        if name in course.all_needs(name):
            return f"{kata.folder / 'kata.toml'}: the kata {name} needs itself, by way of its needs"
    return ""


def require_checks(katas: Iterable[Kata]) -> None:
    """Raise `KataError` where an installation carries no checks of a whole course.

    A single checks.py that is missing is its author's fault, and said where checks are collected.
    """
    for kata in katas:
        root = kata.folder.parent.parent
        if not kata.checks.is_file() and next(root.glob("*/*/checks.py"), None) is None:
            raise KataError(
                f"this installation carries no checks, so {kata.name} cannot be checked here",
                next_step="hand your modules in where they are graded, "
                "or ask whoever gave you the course",
            )


def package_folder(package: str, named_in: Path) -> Path:
    """Return the folder of an installed package without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise CourseError(
            f"{named_in}: the reference package `{package}` is not installed",
            next_step="install the distribution that ships it, or correct `reference`",
        )
    return Path(next(iter(spec.submodule_search_locations)))

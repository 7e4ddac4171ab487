"""Read courses from their folders, each with the packs that extend it."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ..errors import CourseError, KataError, suggest
from ..file_cache import FileCache
from ..model import Course, CourseFile, Kata, KataFile, Track
from ..plugins import UNKNOWN_COURSE, BrokenPlugin

T = TypeVar("T")
NO_CACHE = FileCache()
RESERVED = frozenset({"need", "probe", "rng", "py_rng", "fn"})
"""Names that the fixture `solution` of checks needs itself; no kata may export them."""


class Pack(Struct, frozen=True):
    """One course folder: its course.toml, its tracks and its katas."""

    plugin: str
    root: Path
    file: CourseFile
    reference_root: Path
    tracks: list[Track]
    katas: dict[str, Kata]


def read_pack(root: Path, plugin: str = "", cache: FileCache = NO_CACHE) -> Pack:
    """Return the pack in a folder: its course.toml and the katas that it lists.

    `plugin` is the name of the plugin that offers it. TOML files that have not changed are taken
    from the `cache`. Raises `CourseError`, which names the file to fix.
    """
    file = _read_table(f"{root}/course.toml", CourseFile, cache)
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
    tracks = [Track(t.name, t.title, list(t.katas), t.about) for t in file.tracks]
    katas: dict[str, Kata] = {}
    owners: dict[str, str] = {}
    for track in tracks:
        track_folder = root / track.name
        for name in track.katas:
            if name in katas:
                raise CourseError(f"{root / 'course.toml'}: the kata {name} is listed twice")
            folder = track_folder / name
            kata_file = _read_table(f"{folder}/kata.toml", KataFile, cache)
            kata = _make_kata(kata_file, folder, file.name, track.name, reference_root)
            _check_module(kata, owners, root / "course.toml", file)
            katas[name], owners[kata.module] = kata, name
    if file.map is not None:
        _check_map(root / "course.toml", file, katas)
    _check_milestones(root / "course.toml", file, katas)
    return Pack(plugin, root, file, reference_root, tracks, katas)


def _read_table(path: str, kind: type[T], cache: FileCache) -> T:
    """Return the content of a TOML file, from the cache if it has not changed.

    Every command does this for each kata, so the path is text, which is quicker than a `Path`.
    """

    def parse() -> T:
        from .toml_reader import read_toml  # an unchanged course does not need it

        return read_toml(Path(path), kind)

    return cache.get(kind.__name__, [path], kind, parse)


def _check_module(kata: Kata, owners: dict[str, str], path: Path, file: CourseFile) -> None:
    """Raise `CourseError` if another kata, or course.toml, has the same module.

    `owners` are the katas before this one, by their modules.
    """
    if kata.module in owners:
        raise CourseError(
            f"{kata.folder / 'kata.toml'}: the module {kata.module} is claimed by "
            f"{owners[kata.module]} and by {kata.name}"
        )
    if kata.module in file.given:
        raise CourseError(
            f"{kata.folder / 'kata.toml'}: the module {kata.module} is given by {path}, "
            "so it cannot be the module of a kata"
        )


def _check_milestones(path: Path, file: CourseFile, katas: dict[str, Kata]) -> None:
    """Raise `CourseError` if a milestone names a kata that the course does not have."""
    for milestone in file.milestones:
        for name in milestone.katas:
            if name not in katas:
                raise CourseError(
                    f"{path}: the milestone {milestone.title} names {name}, which is not a kata of "
                    "this course",
                    next_step=suggest(name, katas) or "name one of its katas",
                )


def _check_map(path: Path, file: CourseFile, katas: dict[str, Kata]) -> None:
    """Raise `CourseError` unless `map` names a kata that has a pictures.py."""
    if file.extends is not None:
        raise CourseError(
            f"{path}: `map` belongs in the course.toml of the course that is extended",
            next_step="remove `map`",
        )
    if file.map not in katas:
        raise CourseError(
            f"{path}: `map` names {file.map}, which is not a kata of this course",
            next_step=suggest(str(file.map), katas) or "name one of its katas",
        )
    pictures = katas[file.map].folder / "pictures.py"
    if not pictures.is_file():
        raise CourseError(f"{path}: `map` names {file.map}, but {pictures} is missing")


def _make_kata(file: KataFile, folder: Path, course: str, track: str, reference_root: Path) -> Kata:
    """Return the kata in a folder; raises `CourseError`, which names what is wrong in kata.toml."""
    if not file.hints and not file.draft:
        raise CourseError(
            f"{folder / 'kata.toml'}: `hints` is empty, and a learner who is stuck needs one",
            next_step="write three hints, each saying more, or `draft = true` for now",
        )
    for name in file.exports:
        if name in RESERVED:
            raise CourseError(
                f"{folder / 'kata.toml'}: a kata may not export `{name}`: checks use that name"
            )
    return Kata(folder.name, course, track, folder, reference_root, file)


def assemble(packs: Iterable[Pack]) -> tuple[dict[str, Course], list[BrokenPlugin]]:
    """Return the courses made from packs, by name, and the plugins of packs that cannot be used.

    Each course has the katas of all packs that extend it. A pack is left out if the course that it
    extends is not installed, or if it would replace one of its katas or modules. If several packs
    claim one name for a course, all of them are left out.
    """
    own = [p for p in packs if p.file.extends is None]
    extending = [p for p in packs if p.file.extends is not None]
    courses: dict[str, Course] = {}
    broken: list[BrokenPlugin] = []
    for pack in own:
        name = pack.file.name
        others = [p for p in own if p.file.name == name and p is not pack]
        if others:  # none of them is used, since the intended one is not known
            both = " and ".join(f"{p.plugin} ({p.root})" for p in (pack, *others))
            why = f"{both} offer a course named {name}: uninstall one of them"
            broken.append(BrokenPlugin(pack.plugin, why, name))
            continue
        course = _make_course(pack)
        why = _find_unmet_need(course)
        if why:
            broken.append(BrokenPlugin(pack.plugin, why, name))
            continue
        courses[name] = course
    for pack in extending:
        base = courses.get(str(pack.file.extends))
        why = _find_conflict(pack, base)
        if base is not None and not why:
            extended = _extend_course(base, pack)
            why = _find_unmet_need(extended)
            if not why:
                courses[base.name] = extended
        if why:
            broken.append(BrokenPlugin(pack.plugin, why, str(pack.file.extends)))
    return courses, broken


def read_courses(
    roots: Iterable[tuple[str, Path]], cache: FileCache = NO_CACHE
) -> tuple[dict[str, Course], list[BrokenPlugin]]:
    """Return the courses in `roots`, by name, and the plugins whose courses cannot be used.

    Each root is (plugin, folder). TOML files that have not changed are taken from the `cache`.
    """
    packs: list[Pack] = []
    broken: list[BrokenPlugin] = []
    for plugin, root in roots:
        try:
            packs.append(read_pack(root, plugin, cache))
        except CourseError as error:
            broken.append(BrokenPlugin(plugin, error.message, _name_course(root)))
    cache.save()
    courses, more = assemble(packs)
    return courses, broken + more


def _name_course(root: Path) -> str:
    """Return the course that a folder's katas belong to, where a file of the folder is broken."""
    import tomllib  # only a broken course needs it

    try:
        table = tomllib.loads((root / "course.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return UNKNOWN_COURSE
    return str(table.get("extends") or table.get("name") or UNKNOWN_COURSE)


def _make_course(pack: Pack) -> Course:
    assert pack.file.package is not None
    return Course(
        name=pack.file.name,
        title=pack.file.title,
        package=pack.file.package,
        root=pack.root,
        reference_root=pack.reference_root,
        tracks=pack.tracks,
        katas=pack.katas,
        given=_given_files(pack),
        borrow=pack.file.borrow,
        expects=pack.file.expects,
        milestones=pack.file.milestones,
        training=pack.root / pack.file.training if pack.file.training else None,
        whole=pack.file.whole or "package",
        map=pack.file.map,
    )


def _extend_course(base: Course, pack: Pack) -> Course:
    """Return a course with the tracks, katas and given files of a pack added."""
    tracks = list(base.tracks)
    for track in pack.tracks:
        same = next((i for i, t in enumerate(tracks) if t.name == track.name), None)
        if same is None:
            tracks.append(track)
        else:
            old = tracks[same]
            tracks[same] = Track(old.name, old.title, old.katas + track.katas, old.about)
    katas = base.katas | pack.katas
    ordered = {name: katas[name] for track in tracks for name in track.katas}
    return replace(base, tracks=tracks, katas=ordered, given=base.given | _given_files(pack))


def _given_files(pack: Pack) -> dict[str, Path]:
    """Return the given files of a pack by their paths; raises `CourseError` if one is missing."""
    given = {}
    for name in pack.file.given:
        path = pack.reference_root / name
        if not path.is_file():
            raise CourseError(f"{pack.root / 'course.toml'}: the given file {path} is missing")
        given[name] = path
    return given


def _find_conflict(pack: Pack, base: Course | None) -> str:
    """Return why `pack` cannot extend `base`, or an empty string."""
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


def _find_unmet_need(course: Course) -> str:
    """Return a message on a kata that needs an unknown kata or itself, or an empty string."""
    for name, kata in course.katas.items():
        for need in kata.needs:
            if need not in course.katas:
                path = kata.folder / "kata.toml"
                return f"{path}: the kata {name} needs {need}, which does not exist"
    for name in _find_circular(course):
        if name in course.all_needs(name):
            way = " → ".join(_find_cycle(course, name))
            return f"{course.katas[name].folder / 'kata.toml'}: the kata {name} needs itself: {way}"
    return ""


def _find_circular(course: Course) -> list[str]:
    """Return the katas that no order can place after all that they need: none without a cycle."""
    placed: set[str] = set()
    left = list(course.katas)
    while True:
        waiting = []
        for name in left:
            if placed.issuperset(course.katas[name].needs):
                placed.add(name)
            else:
                waiting.append(name)
        if len(waiting) == len(left):
            return left
        left = waiting


def _find_cycle(course: Course, name: str) -> list[str]:
    """Return the shortest chain of needs that leads from `name` to itself."""
    ways = [[name]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for need in course.katas[way[-1]].needs:
            if need == name:
                return [*way, name]
            if need not in seen:
                seen.add(need)
                ways.append([*way, need])
    return [name]


def require_checks(katas: Iterable[Kata]) -> None:
    """Raise `KataError` if the installation contains no checks of a course at all.

    A single missing checks.py is an error of its author, which is raised when checks are collected.
    """
    for kata in katas:
        root = kata.folder.parent.parent
        if not kata.checks.is_file() and next(root.glob("*/*/checks.py"), None) is None:
            raise KataError(
                f"this installation contains no checks, so {kata.name} cannot be checked here",
                next_step="submit your modules where they are graded, "
                "or ask your instructor for the checks",
            )


def package_folder(package: str, named_in: Path) -> Path:
    """Return the folder of an installed package, without importing the package.

    Raises `CourseError`, which names the file `named_in`, if it is not installed.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise CourseError(
            f"{named_in}: the reference package `{package}` is not installed",
            next_step="install the distribution that contains it, or correct `reference`",
        )
    return Path(next(iter(spec.submodule_search_locations)))

"""Start katas and courses from templates; every place where an author must write says TODO.

Nothing that exists is overwritten, and of a course.toml only the lists that name the new files
are touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from msgspec import Struct

from .. import __version__
from ..course.names import (
    check_course_name,
    check_exports,
    check_module,
    check_slug,
    import_line,
    is_class,
    nearest_to,
    slug_of,
    snake_of,
    title_of,
)
from ..errors import KataError
from ..model import Course
from .course_folder import Place, check_free, likely_track
from .toml_edit import track_lines, with_given, with_kata

ONE_SENTENCE = "TODO: say in one sentence what this module is for."
MISTAKE = """TODO: say what is wrong with this module and why, with a number, kindly.

A learner whose module answers as this one reads these words, so they do not give the solution.
TODO: name this file after the mistake, and write at least three more.
"""
VARIANT = """TODO: say in which other way this module does the same.

TODO: name this file after that way, and write at least one more.
"""


class NewKata(Struct, frozen=True):
    """A kata that is to be started, with every default decided."""

    name: str
    track: str
    module: str
    exports: list[str]
    imports: list[str]
    """The lines that import what it needs."""
    needs: list[str]
    title: str


class Written(Struct):
    """What was written, what was changed, and what could not be done and is left to a hand."""

    kata: str
    files: list[Path]
    changed: list[str] = []
    by_hand: list[str] = []


def plan_kata(
    place: Place, name: str, *, track: str | None = None, module: str | None = None,
    exports: Iterable[str] = (), needs: Iterable[str] = (), title: str | None = None,
) -> NewKata:  # fmt: skip
    """Decide what was left open, and check every name; raises `KataError`.

    The track is that of the module's folder, or the only one; the module is named after the track
    and the kata, and so is its one export.
    """
    check_slug(name, "kata")
    track = track or likely_track(place, module)
    check_slug(track, "track")
    module = module or f"{snake_of(track)}/{snake_of(name)}.py"
    names = list(exports) or [snake_of(name)]
    wanted = list(needs)
    check_free(place, name, track, module)
    check_module(module)
    check_exports(names)
    known = place.others | place.own
    for need in wanted:
        if need not in known or need == name:
            raise KataError(
                f"the kata {name} cannot need `{need}`: the course has no other kata of that name",
                next_step=nearest_to(need, known) or "`kata list` shows the katas",
            )
    imports = [import_line(module, known[need]) for need in wanted]
    return NewKata(name, track, module, names, imports, wanted, title or title_of(name))


def new_kata(place: Place, kata: NewKata) -> Written:
    """Write a kata's folder and the module of its reference, and list it in course.toml.

    Raises `KataError` before anything is written when a file would be overwritten.
    """
    files = _kata_files(place.root / kata.track / kata.name, place.reference_root, kata)
    package = f"{kata.module.rpartition('/')[0]}/__init__.py"
    init = place.reference_root / package
    if not init.exists():
        files[init] = f'"""{title_of(init.parent.name)}."""\n'
    _write(files)
    written = Written(kata.name, list(files))
    text = place.toml.read_bytes().decode()
    text = _list_kata(place, kata, text, written)
    if init in files and package not in place.given:
        text = _list_given(place, package, text, written)
    try:
        if written.changed:
            place.toml.write_bytes(text.encode())
    except OSError as error:
        raise KataError(
            f"{place.toml} cannot be written: {error.strerror or error}",
            next_step=f'the kata is written; add "{kata.name}" to the track {kata.track} yourself',
        ) from None
    return written


def new_course(
    name: str, folder: Path, courses: Mapping[str, Course], *, extends: str | None = None,
    title: str | None = None,
) -> Written:  # fmt: skip
    """Write a distribution with a course of its own, or with katas for the course `extends`.

    Raises `KataError` before anything is written when a name will not do or a file would be
    overwritten.
    """
    package = snake_of(name)
    reference = f"ref_{package}"
    check_course_name(name, package, reference)
    if extends is not None and extends not in courses:
        raise KataError(
            f"there is no course `{extends}` to extend",
            next_step=nearest_to(extends, courses) or "install the distribution that offers it",
        )
    slug = slug_of(package)
    folder_name = package if extends else "basics"
    kata = NewKata(
        name=f"{slug}-example" if extends else "example",
        track=slug_of(folder_name),
        module=f"{folder_name}/example.py",
        exports=["example"],
        imports=[],
        needs=[],
        title="An example",
    )
    context = {
        "package": package,
        "slug": slug,
        "title": title or title_of(slug),
        "extends": extends,
        "learner": f"my_{package}",
        "track_title": title_of(folder_name),
        "given": f"{folder_name}/__init__.py",
        "reference": reference,
        "kata": kata,
        "engine": __version__,
    }
    files = {
        folder / "pyproject.toml": _rendered("course/pyproject.toml", context),
        folder / "README.md": _rendered("course/README.md", context),
        folder / package / "__init__.py": _rendered("course/__init__.py", context),
        folder / package / "course.toml": _rendered("course/course.toml", context),
        folder / reference / "__init__.py": f'"""The reference solutions of {package}."""\n',
        folder / reference / folder_name / "__init__.py": f'"""{title_of(folder_name)}."""\n',
    }
    files |= _kata_files(folder / package / kata.track / kata.name, folder / reference, kata)
    _write(files)
    return Written(kata.name, list(files))


def _kata_files(folder: Path, reference_root: Path, kata: NewKata) -> dict[Path, str]:
    context = {
        "kata": kata,
        "stem": Path(kata.module).stem,
        "first": kata.exports[0],
        "first_is_class": is_class(kata.exports[0]),
    }
    yours = f"kata {kata.name}: {{}} is yours to write"
    return {
        folder / "kata.toml": _rendered("kata/kata.toml", context),
        folder / "README.md": _rendered("kata/README.md", context),
        folder / "stub.py": _module(ONE_SENTENCE, kata, yours),
        folder / "checks.py": _rendered("kata/checks.py", context),
        folder / "probes.py": _rendered("kata/probes.py", context),
        folder / "mistakes/rename-me.py": _module(MISTAKE, kata, "TODO: write a wrong {}"),
        folder / "variants/rename-me.py": _module(VARIANT, kata, "TODO: write another right {}"),
        reference_root / kata.module: _module(
            ONE_SENTENCE, kata, "TODO: write the reference solution of {}", kata.imports
        ),
    }


def _module(doc: str, kata: NewKata, says: str, imports: Iterable[str] = ()) -> str:
    """Return a module whose functions raise NotImplementedError, saying `says` with their name."""
    context = {
        "doc": doc,
        "exports": [(name, is_class(name), says.format(name)) for name in kata.exports],
        "arrays": not all(map(is_class, kata.exports)),
        "imports": list(imports),
    }
    return _rendered("kata/module.py", context)


@cache
def _templates() -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("nnkata_templates", "scaffold"),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["toml"] = lambda value: json.dumps(value, ensure_ascii=False)
    return templates


def _rendered(template: str, context: Mapping[str, Any]) -> str:
    return _templates().get_template(f"{template}.jinja").render(context)


def _write(files: Mapping[Path, str]) -> None:
    """Write all files, or none of them."""
    for path in files:
        if path.exists() or path.is_symlink():
            raise KataError(
                f"{path} is there already, so nothing was written",
                next_step="choose another name, or move that file away",
            )
    done: list[Path] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                done.append(path)
                file.write(text)
    except OSError as error:
        for path in done:
            path.unlink()
        raise KataError(
            f"{error.filename} cannot be written: {error.strerror or error}; nothing is left of it",
            next_step="choose a folder that you may write to",
        ) from None


def _list_kata(place: Place, kata: NewKata, text: str, written: Written) -> str:
    """Add a kata to its track, or say what its author has to add."""
    track = next((t for t in place.file.tracks if t.name == kata.track), None)
    if track is not None and kata.name in track.katas:
        return text
    title = place.titles.get(kata.track) or title_of(kata.track)
    new = with_kata(text, kata.name, kata.track, title)
    if new is not None:
        where = f"the track {kata.track}" if track else f"the new track {kata.track}"
        written.changed.append(f"{place.toml.name}: {kata.name} is the last kata of {where}")
        return new
    if track is not None:
        line = f'"{kata.name}", at the end of `katas` of the track {kata.track}'
    else:
        line = "\n" + track_lines(kata.name, kata.track, title)
    written.by_hand.append(f"add to {place.toml}: {line}")
    return text


def _list_given(place: Place, package: str, text: str, written: Written) -> str:
    """Hand out the `__init__.py` of a new folder of modules."""
    new = with_given(text, package)
    if new is not None:
        written.changed.append(f"{place.toml.name}: {package} is given")
        return new
    written.by_hand.append(f'add to {place.toml}: "{package}", in the list `given`')
    return text

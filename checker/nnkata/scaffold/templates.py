"""Create katas and courses from templates; every place where an author must write says TODO.

Nothing that exists is overwritten. In course.toml only the lists that name the new files change.
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
    slug_of,
    snake_of,
    title_of,
)
from ..errors import KataError, suggest
from ..files import write_all_new
from ..model import Course
from .course_folder import CourseFolder, check_free, likely_track
from .toml_edit import add_given, add_kata

ONE_SENTENCE = "TODO: say in one sentence what this module is for."
MISTAKE = """TODO: say what is wrong with this module and why, with a number.

A learner whose module fails in the same way reads this text, so it must not give the solution.
TODO: name this file after the mistake, and write at least three more.
"""
VARIANT = """TODO: say in which other way this module computes the same result.

TODO: name this file after it, and write at least one more.
"""


class NewKata(Struct, frozen=True):
    """A kata to write: its names and everything that its templates need."""

    name: str
    track: str
    module: str
    exports: list[str]
    imports: list[str]
    """The import lines of the katas that it needs."""
    needs: list[str]
    title: str


class KataOptions(Struct, frozen=True):
    """What an author may say of a new kata; the rest is decided by `plan_kata`."""

    track: str | None = None
    module: str | None = None
    exports: list[str] = []
    needs: list[str] = []
    title: str | None = None


class ScaffoldResult(Struct):
    """What was written for a new kata, and what was changed in course.toml."""

    kata: str
    files: list[Path]
    changed: list[str] = []


def plan_kata(course: CourseFolder, name: str, options: KataOptions | None = None) -> NewKata:
    """Return the kata to write, with defaults for what is not given; raises `KataError`.

    The track defaults to that of the module's folder, or to the only one. The module is named after
    the track and the kata, and its one export after the kata.
    """
    options = options or KataOptions()
    check_slug(name, "kata")
    track = options.track or likely_track(course, options.module)
    check_slug(track, "track")
    module = options.module or f"{snake_of(track)}/{snake_of(name)}.py"
    exports = options.exports or [snake_of(name)]
    check_free(course, name, track, module)
    check_module(module)
    check_exports(exports)
    known = course.others | course.own
    for need in options.needs:
        if need not in known or need == name:
            raise KataError(
                f"the kata {name} cannot need `{need}`: the course has no other kata of that name",
                next_step=suggest(need, known) or "`kata list` shows the katas",
            )
    imports = [import_line(module, known[need]) for need in options.needs]
    title = options.title or title_of(name)
    return NewKata(name, track, module, exports, imports, options.needs, title)


def new_kata(course: CourseFolder, kata: NewKata) -> ScaffoldResult:
    """Write a kata's folder and its reference module, and add it to course.toml.

    Raises `KataError` before anything is written if a file would be overwritten.
    """
    files = _kata_files(course.root / kata.track / kata.name, course.reference_root, kata)
    package = f"{kata.module.rpartition('/')[0]}/__init__.py"
    init = course.reference_root / package
    if not init.exists():
        files[init] = f'"""{title_of(init.parent.name)}."""\n'
    _write(files)
    result = ScaffoldResult(kata.name, list(files))
    text = _list_kata(course, kata, course.toml.read_bytes().decode(), result)
    if init in files and package not in course.given:
        text = add_given(text, package)
        result.changed.append(f"{course.toml.name}: {package} is given")
    try:
        if result.changed:
            course.toml.write_bytes(text.encode())
    except OSError as error:
        raise KataError(
            f"{course.toml} cannot be written: {error.strerror or error}",
            next_step=f'the kata is written; add "{kata.name}" to the track {kata.track} yourself',
        ) from None
    return result


def new_course(
    name: str, folder: Path, courses: Mapping[str, Course], *, extends: str | None = None,
    title: str | None = None,
) -> ScaffoldResult:  # fmt: skip
    """Write a distribution with a course of its own, or with katas for the course `extends`.

    Raises `KataError` before anything is written if a name is not valid or a file would be
    overwritten.
    """
    package = snake_of(name)
    reference = f"ref_{package}"
    check_course_name(name, package, reference)
    if extends is not None and extends not in courses:
        raise KataError(
            f"the course `{extends}`, which this one would extend, is not installed",
            next_step=suggest(extends, courses) or "install the distribution that offers it",
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
        folder / "pyproject.toml": _render("course/pyproject.toml", context),
        folder / "README.md": _render("course/README.md", context),
        folder / package / "__init__.py": _render("course/__init__.py", context),
        folder / package / "course.toml": _render("course/course.toml", context),
        folder / reference / "__init__.py": f'"""The reference solutions of {package}."""\n',
        folder / reference / folder_name / "__init__.py": f'"""{title_of(folder_name)}."""\n',
    }
    files |= _kata_files(folder / package / kata.track / kata.name, folder / reference, kata)
    _write(files)
    return ScaffoldResult(kata.name, list(files))


def _kata_files(folder: Path, reference_root: Path, kata: NewKata) -> dict[Path, str]:
    context = {
        "kata": kata,
        "stem": Path(kata.module).stem,
        "first": kata.exports[0],
        "first_is_class": is_class(kata.exports[0]),
    }
    not_written = f"kata {kata.name}: {{}} is not written yet"
    return {
        folder / "kata.toml": _render("kata/kata.toml", context),
        folder / "README.md": _render("kata/README.md", context),
        folder / "stub.py": _module(ONE_SENTENCE, kata, not_written),
        folder / "checks.py": _render("kata/checks.py", context),
        folder / "probes.py": _render("kata/probes.py", context),
        folder / "mistakes/rename-me.py": _module(MISTAKE, kata, "TODO: write a wrong {}"),
        folder / "variants/rename-me.py": _module(VARIANT, kata, "TODO: write another right {}"),
        reference_root / kata.module: _module(
            ONE_SENTENCE, kata, "TODO: write the reference solution of {}", kata.imports
        ),
    }


def _module(doc: str, kata: NewKata, message: str, imports: Iterable[str] = ()) -> str:
    """Return a module whose functions raise NotImplementedError with `message` and their name."""
    context = {
        "doc": doc,
        "exports": [(name, is_class(name), message.format(name)) for name in kata.exports],
        "arrays": not all(map(is_class, kata.exports)),
        "imports": list(imports),
    }
    return _render("kata/module.py", context)


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


def _render(template: str, context: Mapping[str, Any]) -> str:
    return _templates().get_template(f"{template}.jinja").render(context)


def _write(files: Mapping[Path, str]) -> None:
    """Write all files, or none of them; raises `KataError`."""
    write_all_new({path: text.encode() for path, text in files.items()})


def _list_kata(folder: CourseFolder, kata: NewKata, text: str, result: ScaffoldResult) -> str:
    """Return course.toml with the kata in its track."""
    track = next((t for t in folder.file.tracks if t.name == kata.track), None)
    if track is not None and kata.name in track.katas:
        return text
    where = f"the track {kata.track}" if track else f"the new track {kata.track}"
    result.changed.append(f"{folder.toml.name}: {kata.name} is the last kata of {where}")
    title = folder.titles.get(kata.track) or title_of(kata.track)
    return add_kata(text, kata.name, kata.track, title)

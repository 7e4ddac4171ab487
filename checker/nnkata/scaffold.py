"""Start katas and courses from templates; every place where an author must write says TODO.

Nothing that exists is ever overwritten, and of course.toml only the one array that lists the
katas is touched.
"""

from __future__ import annotations

import json
import keyword
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jinja2
from msgspec import Struct

from . import __version__
from .courses import package_folder
from .errors import CourseError, KataError
from .model import Course, CourseFile, KataFile
from .tables import read_table

TITLES = 60
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
_TRACK = re.compile(r"^[ \t]*\[\[[ \t]*tracks[ \t]*\]\]", re.MULTILINE)
_TOKEN = re.compile(r'"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\],]')


class Export(Struct, frozen=True):
    """A name that a module defines: a class if it begins with a capital, else a function."""

    name: str

    @property
    def is_class(self) -> bool:
        """Whether a class is started for it."""
        return self.name[0].isupper()


class Place(Struct, frozen=True):
    """A course folder that a kata is added to, as far as it can be read."""

    root: Path
    file: CourseFile
    reference_root: Path
    modules: dict[str, tuple[str, list[str]]]
    """The katas that can be needed: name -> module and exports."""
    given: frozenset[str]
    base: Course | None

    @property
    def toml(self) -> Path:
        """The course's table."""
        return self.root / "course.toml"


class Written(Struct):
    """What was written, and what is left to be done by hand."""

    files: list[Path] = []
    changed: list[str] = []
    by_hand: list[str] = []


def find_course(start: Path) -> Path:
    """Return the folder with the course.toml that `start` is in, or the only one just below it.

    Raises `KataError` when there is none or more than one.
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
        raise KataError(
            f"there are several courses in {start}: {', '.join(p.name for p in found)}",
            next_step=f"say which: --in {found[0].relative_to(start)}",
        )
    raise KataError(
        f"there is no course.toml in {start}, above it or just below it",
        next_step="go to the folder of a course, or name it: --in FOLDER; "
        "`kata new course NAME` starts a course",
    )


def read_place(root: Path, courses: Mapping[str, Course]) -> Place:
    """Read the course in `root`; `courses` are the installed ones, which it may extend.

    A kata that is listed and not there yet is passed over: it may be the one to be started.
    """
    toml = root / "course.toml"
    file = read_table(toml, CourseFile)
    base = courses.get(file.extends) if file.extends is not None else None
    if file.extends is not None and base is None:
        raise CourseError(
            f"{toml}: it extends the course {file.extends}, which is not installed",
            next_step="install the distribution that offers it, or correct `extends`",
        )
    beside = root.parent / file.reference
    reference_root = beside if beside.is_dir() else package_folder(file.reference, toml)
    modules = {k.name: (k.module, k.file.exports) for k in base.katas.values()} if base else {}
    for track in file.tracks:
        for name in track.katas:
            table = root / track.name / name / "kata.toml"
            if table.is_file():
                kata = read_table(table, KataFile)
                modules[name] = (kata.module, kata.exports)
            else:
                modules.pop(name, None)
    given = frozenset(file.given) | frozenset(base.given if base else ())
    return Place(root, file, reference_root, modules, given, base)


def new_kata(
    place: Place, name: str, *, track: str | None = None, module: str | None = None,
    exports: Iterable[str] = (), needs: Iterable[str] = (), title: str | None = None,
) -> Written:  # fmt: skip
    """Start a kata and list it in course.toml.

    What is not said follows from what is: the track from the module's folder or from there being
    only one, the module from the track and the name, the one export from the name. Raises
    `KataError` before anything is written when a name will not do or a file would be overwritten.
    """
    _check_slug(name, "kata")
    track = track or _track_of(place, module)
    _check_slug(track, "track")
    module = module or f"{_snake(track)}/{_snake(name)}.py"
    names = [e.strip() for e in exports] or [_snake(name)]
    wanted = [n.strip() for n in needs]
    _check_module(place, name, module)
    _check_exports(names)
    _check_needs(place, name, wanted)
    _check_listed(place, name, track)

    texts = kata_texts(name, title or _title(name), module, names, wanted, place.modules)
    folder = place.root / track / name
    files = {folder / path: text for path, text in texts.items()}
    files[place.reference_root / module] = _module_text(
        "TODO: say in one sentence what this module is for.",
        names,
        "TODO: write the reference solution of {name}",
        imports=[_import_line(module, place.modules[need]) for need in wanted],
    )
    package = f"{module.rpartition('/')[0]}/__init__.py"
    init = place.reference_root / package
    if not init.exists():
        files[init] = f'"""{_title(init.parent.name)}."""\n'
    written = Written(_write(files))
    _list(
        place, name, track, "" if package in place.given or init not in files else package, written
    )
    return written


def new_course(
    name: str, folder: Path, courses: Mapping[str, Course], *, extends: str | None = None,
    title: str | None = None,
) -> Written:  # fmt: skip
    """Start a distribution with a course of its own, or with katas for the course `extends`.

    Raises `KataError` before anything is written when a name will not do or a file would be
    overwritten.
    """
    package = _snake(name)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", package):
        raise KataError(
            f"`{name}` is no name for a course",
            next_step="use small letters, digits and dashes, a letter first: graph-networks",
        )
    for taken in (package, f"ref_{package}"):
        if taken in sys.stdlib_module_names or keyword.iskeyword(taken) or find_spec(taken):
            raise KataError(
                f"the name `{taken}` is taken by a Python module that is installed here",
                next_step="choose another name for the course",
            )
    if extends is not None and extends not in courses:
        raise KataError(
            f"there is no course `{extends}` to extend (installed: {', '.join(courses) or 'none'})",
            next_step=_nearest(extends, courses) or "install the distribution that offers it",
        )
    slug = package.strip("_").replace("_", "-")
    kata = f"{slug}-example"
    module = f"{package}/example.py"
    context = {
        "name": package,
        "slug": slug,
        "title": title or _title(slug),
        "extends": extends,
        "learner": courses[extends].package if extends else f"my_{package}",
        "reference": f"ref_{package}",
        "kata": kata,
        "engine": ".".join(__version__.split(".")[:2]),
    }
    course, reference = folder / package, folder / f"ref_{package}"
    texts = kata_texts(kata, _title(kata), module, ["example"], [], {})
    files = {
        folder / "pyproject.toml": _rendered("course/pyproject.toml", context),
        folder / "README.md": _rendered("course/README.md", context),
        course / "__init__.py": _rendered("course/__init__.py", context),
        course / "course.toml": _rendered("course/course.toml", context),
        reference / "__init__.py": f'"""The reference solutions of the course {package}."""\n',
        reference / package / "__init__.py": f'"""{_title(slug)}."""\n',
        reference / module: _module_text(
            "TODO: say in one sentence what this module is for.",
            ["example"],
            "TODO: write the reference solution of {name}",
        ),
    }
    files |= {course / slug / kata / path: text for path, text in texts.items()}
    return Written(_write(files))


def kata_texts(
    name: str, title: str, module: str, exports: list[str], needs: list[str],
    modules: Mapping[str, tuple[str, list[str]]],
) -> dict[str, str]:  # fmt: skip
    """Return the files of a kata's folder: path -> text."""
    context = {
        "name": name,
        "title": title,
        "module": module,
        "exports": [Export(e) for e in exports],
        "names": exports,
        "needs": needs,
        "imports": [_import_line(module, modules[need]) for need in needs],
        "stem": Path(module).stem,
    }
    doc = "TODO: say in one sentence what this module is for."
    wrong = "TODO: what is wrong with this module, why, and with which numbers it shows."
    right = "TODO: how this module works in another way than the reference."
    return {
        "kata.toml": _rendered("kata/kata.toml", context),
        "README.md": _rendered("kata/README.md", context),
        "stub.py": _module_text(doc, exports, f"kata {name}: {{name}} is yours to write"),
        "checks.py": _rendered("kata/checks.py", context),
        "probes.py": _rendered("kata/probes.py", context),
        "mistakes/first.py": _module_text(wrong, exports, "TODO: a whole wrong {name}"),
        "variants/first.py": _module_text(right, exports, "TODO: a whole right {name}"),
    }


def _module_text(doc: str, exports: list[str], message: str, imports: Iterable[str] = ()) -> str:
    found = [Export(e) for e in exports]
    context = {
        "doc": doc,
        "exports": [(e, message.format(name=e.name)) for e in found],
        "arrays": not all(e.is_class for e in found),
        "imports": list(imports),
    }
    return _rendered("kata/module.py", context)


@cache
def _templates() -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("nnkata_templates", "scaffold"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # these are no web pages
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["toml"] = lambda value: json.dumps(value, ensure_ascii=False)
    return templates


def _rendered(template: str, context: Mapping[str, Any]) -> str:
    return _templates().get_template(f"{template}.jinja").render(context)


def _write(files: Mapping[Path, str]) -> list[Path]:
    """Write all files, or none of them."""
    for path in files:
        if path.exists() or path.is_symlink():
            raise KataError(
                f"{path} is there already, and nothing was written",
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
            f"{error.filename or 'a file'} cannot be written: {error.strerror or error}; "
            "nothing was left behind",
            next_step="choose a folder that you may write to",
        ) from None
    return done


def _list(place: Place, name: str, track: str, given: str, written: Written) -> None:
    """Add a kata, and the `__init__.py` of its module's folder, to course.toml."""
    for text, wanted, what in (
        (with_kata(_text(place.toml), name, track, _track_title(place, track)), track, name),
        (None, "given", given),
    ):
        del text, wanted, what


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")

"""Read mistakes: each file has the definitions in which a wrong solution differs from a right one.

The docstring of a mistake is the diagnosis that a learner reads. The file then has the functions,
methods and constants that differ from those of the reference. With `base = "variants/NAME"` as its
first statement they differ from that variant instead; `del NAME` removes a definition.
"""

from __future__ import annotations

import ast
from pathlib import Path

from msgspec import Struct

from ..errors import CourseError
from ..files import read_course_file
from ..model import Kata
from .definitions import base_name, compose

FOLDER = "variants/"


class Mistake(Struct, frozen=True):
    """A documented wrong solution."""

    name: str
    path: Path
    text: str
    """The diagnosis, with each paragraph on one line."""
    module: str
    """The whole wrong module: the right one with the definitions of the mistake."""


def read_mistakes(kata: Kata, broken: list[str] | None = None) -> list[Mistake]:
    """Return a kata's mistakes, sorted by name.

    Raises `CourseError` for a broken file. With `broken`, such a mistake is left out, and the error
    message is added to `broken`.
    """
    mistakes = []
    for path in kata.mistakes():
        try:
            mistakes.append(read_mistake(kata, path.stem))
        except CourseError as error:
            if broken is None:
                raise
            if error.message not in broken:  # a broken reference breaks many mistakes
                broken.append(error.message)
    return mistakes


def read_mistake(kata: Kata, name: str) -> Mistake:
    """Return one mistake; raises `CourseError` when its file is missing or broken."""
    path = kata.folder / "mistakes" / f"{name}.py"
    tree = parse_course_file(path)
    base = find_base(kata, path)
    parse_course_file(base)
    module = compose(read_course_file(base), read_course_file(path))
    return Mistake(name, path, _unfold(ast.get_docstring(tree) or ""), module)


def mistake_text(kata: Kata, name: str) -> str:
    """Return the diagnosis of a mistake, or an empty string when there is no such file.

    Raises `CourseError` when its file is broken.
    """
    path = kata.folder / "mistakes" / f"{name}.py"
    return _unfold(ast.get_docstring(parse_course_file(path)) or "") if path.is_file() else ""


def find_base(kata: Kata, path: Path) -> Path:
    """Return the path of the right solution that a mistake differs from.

    Raises `CourseError` when the file names a variant that does not exist.
    """
    name = base_name(parse_course_file(path))
    if name is None:
        return kata.reference
    base = kata.folder / f"{name}.py"
    if not name.startswith(FOLDER) or not base.is_file():
        raise CourseError(
            f'{path}: base = "{name}" is not a variant of {kata.name}',
            next_step=f'write base = "{FOLDER}NAME", or remove the line',
        )
    return base


def parse_course_file(path: Path) -> ast.Module:
    """Return the syntax tree of a file of the course; raises `CourseError` with file and line."""
    text = read_course_file(path)
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise CourseError(
            f"{path}, line {error.lineno}: {error.msg}", next_step="fix the file"
        ) from None
    except (ValueError, RecursionError) as error:  # a NUL byte, or brackets inside brackets
        raise CourseError(f"{path}: {error}", next_step="fix the file") from None


def _unfold(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))

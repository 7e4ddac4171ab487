"""Names of courses, katas, modules and exports: which are allowed, and how they are spelled."""

from __future__ import annotations

import keyword
import re
import sys
from importlib.util import find_spec
from typing import Any

from ..errors import KataError
from ..model import KataFile, ModulePath, Slug
from .loading import RESERVED


def check_slug(name: str, kind: str) -> None:
    """Raise `KataError` unless `name` can be the name of a kata or a track (`kind`)."""
    if not re.search(_pattern(Slug), name):
        raise KataError(
            f"`{name}` cannot be the name of a {kind}",
            next_step="use small letters, digits and single dashes: cross-entropy",
        )


def check_module(module: str) -> None:
    """Raise `KataError` unless `module` can be the path of a kata's module."""
    parts = module.removesuffix(".py").split("/")
    if not re.search(_pattern(ModulePath), module) or any(
        keyword.iskeyword(part) or part.startswith("_") for part in parts
    ):
        raise KataError(
            f"`{module}` cannot be the path of a kata's module",
            next_step="write folder/file.py, in small letters and without Python keywords: "
            "--module forward/softmax.py",
        )


def check_exports(names: list[str]) -> None:
    """Raise `KataError` unless a kata can export all of `names`."""
    for name in names:
        if name in RESERVED:
            raise KataError(
                f"a kata may not export `{name}`: checks use `solution.{name}` for something else",
                next_step=f"choose another name; reserved are {', '.join(sorted(RESERVED))}",
            )
        if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
            raise KataError(
                f"a kata cannot export `{name}`: it is not a public Python name",
                next_step="name functions and classes, separated by commas: --exports relu,Linear",
            )
        if names.count(name) > 1:
            raise KataError(f"`{name}` is exported twice", next_step="name it once after --exports")


def check_course_name(name: str, package: str, reference: str) -> None:
    """Raise `KataError` unless a course can have this name.

    `package` and `reference` are the package names that are derived from it.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", package):
        raise KataError(
            f"`{name}` cannot be the name of a course",
            next_step="use small letters, digits and single dashes, and start with a letter: "
            "graph-networks",
        )
    for module in (package, reference):
        if module in sys.stdlib_module_names or keyword.iskeyword(module) or find_spec(module):
            raise KataError(
                f"a course cannot be named `{name}`: a module `{module}` is already installed",
                next_step="choose another name",
            )


def _pattern(of: Any) -> str:
    """Return the pattern of a kind of name in the model."""
    return str(of.__metadata__[0].pattern)


def import_line(module: str, need: KataFile) -> str:
    """Return the statement with which `module` imports the exports of the kata `need`."""
    here, there = module.split("/")[:-1], need.module.removesuffix(".py").split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    dots = "." * (len(here) - common + 1)
    return f"from {dots}{'.'.join(there[common:])} import {', '.join(need.exports)}"


def is_class(export: str) -> bool:
    """Return whether an exported name is the name of a class, by its first letter."""
    return export[0].isupper()


def snake_of(name: str) -> str:
    """Return a name with underscores, as in Python: cross_entropy."""
    return name.replace("-", "_")


def slug_of(name: str) -> str:
    """Return a name with dashes, as in folder names: cross-entropy."""
    return name.replace("_", "-")


def title_of(name: str) -> str:
    """Return a name as a title: Cross entropy."""
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]

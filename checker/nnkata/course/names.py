"""Names of courses, katas, modules and exports: which are possible, and how they are written."""

from __future__ import annotations

import difflib
import keyword
import re
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from ..errors import KataError
from ..model import KataFile, ModulePath, Slug
from .loading import RESERVED


def check_slug(name: str, what: str) -> None:
    """Refuse what is no name for a kata or a track; raises `KataError`."""
    if not re.search(_pattern(Slug), name):
        raise KataError(
            f"`{name}` is no name for a {what}",
            next_step="use small letters, digits and single dashes: cross-entropy",
        )


def check_module(module: str) -> None:
    """Refuse what is no path for a kata's module; raises `KataError`."""
    parts = module.removesuffix(".py").split("/")
    if not re.search(_pattern(ModulePath), module) or any(
        keyword.iskeyword(part) or part.startswith("_") for part in parts
    ):
        raise KataError(
            f"`{module}` is no path for a kata's module",
            next_step="write folder/file.py, small letters and no word of Python's own: "
            "--module forward/softmax.py",
        )


def check_exports(names: list[str]) -> None:
    """Refuse what a kata cannot export; raises `KataError`."""
    for name in names:
        if name in RESERVED:
            raise KataError(
                f"a kata may not export `{name}`: checks use `solution.{name}` for something else",
                next_step=f"choose another name; taken are {', '.join(sorted(RESERVED))}",
            )
        if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
            raise KataError(
                f"a kata cannot export `{name}`: it is no public name of Python",
                next_step="name functions and classes, with commas between: --exports relu,Linear",
            )
        if names.count(name) > 1:
            raise KataError(f"`{name}` is exported twice", next_step="name it once after --exports")


def check_course_name(name: str, package: str, reference: str) -> None:
    """Refuse what no course can be named; raises `KataError`."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", package):
        raise KataError(
            f"`{name}` is no name for a course",
            next_step="use small letters, digits and single dashes, a letter first: graph-networks",
        )
    for module in (package, reference):
        if module in sys.stdlib_module_names or keyword.iskeyword(module) or find_spec(module):
            raise KataError(
                f"a course cannot be named `{name}`: Python has a module `{module}` already",
                next_step="choose another name",
            )


def _pattern(of: Any) -> str:
    """Return the pattern that a kind of name in the model must match."""
    return str(of.__metadata__[0].pattern)


def import_line(module: str, need: KataFile) -> str:
    """Return the relative import of what a needed module exports."""
    here, there = module.split("/")[:-1], need.module.removesuffix(".py").split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    dots = "." * (len(here) - common + 1)
    return f"from {dots}{'.'.join(there[common:])} import {', '.join(need.exports)}"


def is_class(export: str) -> bool:
    """Whether an exported name is that of a class, by its first letter."""
    return export[0].isupper()


def snake_of(name: str) -> str:
    """Return a name as Python writes it: cross_entropy."""
    return name.replace("-", "_")


def slug_of(name: str) -> str:
    """Return a name as folders write it: cross-entropy."""
    return name.replace("_", "-")


def title_of(name: str) -> str:
    """Return a name as a heading: Cross entropy."""
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def suggest_name(name: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant, as a question, or nothing."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else ""

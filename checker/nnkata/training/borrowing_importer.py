"""Run the learner's network: their modules where they are solved, the reference's for the rest.

These are the learner's own programs, in this very process: nothing is jailed here.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import KataError
from ..model import Course, Kata
from ..workspace.workspace import Workspace


class Borrowing(MetaPathFinder):
    """Finds each module of the learner's package: solved, the reference's, or a given one."""

    def __init__(self, workspace: Workspace, at_hand: Kata | None = None) -> None:
        """Look up once which modules are the learner's; the kata at hand is solved in any case."""
        self.course = workspace.course
        self.package = workspace.package
        solved = workspace.solved() | ({at_hand.name} if at_hand else set())
        self.files: dict[str, Path] = {}
        for path, source in self.course.given.items():
            own = self.package / path
            self.files[path] = own if own.is_file() else source
        for name, kata in self.course.katas.items():
            own = self.package / kata.module
            if self.course.can_borrow(name) and (name not in solved or not own.is_file()):
                self.files[kata.module] = kata.reference
            elif own.is_file():  # where nothing is lent, what is there, solved or not
                self.files[kata.module] = own
            else:
                raise KataError(
                    f"{workspace.shown(kata)} is missing, and nothing is lent in its place",
                    next_step="`kata init` brings its stub back, `kata restore` what you wrote",
                )
            if kata.probes.is_file():
                folder, _, file = kata.module.rpartition("/")
                self.files[f"{folder}/_probes_{file}"] = kata.probes

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a module of the package."""
        del path, target
        top, _, rest = name.partition(".")
        if top != self.course.package:
            return None
        inside = rest.replace(".", "/")
        module = self.files.get(f"{inside}.py")
        if module is not None:
            return importlib.util.spec_from_file_location(name, module)
        start = self.files.get(f"{inside}/__init__.py".lstrip("/"))
        if start is None:
            return None
        return importlib.util.spec_from_file_location(
            name, start, submodule_search_locations=[str(start.parent)]
        )


@contextmanager
def network(workspace: Workspace, at_hand: Kata | None = None) -> Iterator[Borrowing]:
    """Let the learner's package be imported while this lasts."""
    finder = Borrowing(workspace, at_hand)
    sys.meta_path.insert(0, finder)
    try:
        yield finder
    finally:
        sys.meta_path.remove(finder)
        package = workspace.course.package
        for name in [n for n in sys.modules if n == package or n.startswith(package + ".")]:
            del sys.modules[name]


def names(course: Course, kata: Kata | None) -> dict[str, Any]:
    """Return what a prompt knows: np, math, random, and a kata's names with those it needs."""
    import importlib
    import math
    import random

    import numpy as np

    known: dict[str, Any] = {"np": np, "math": math, "random": random}
    if kata is None:
        return known
    for name in [*course.needed(kata.name), kata.name]:
        one = course.katas[name]
        module = importlib.import_module(_dotted(course, one.module))
        known |= {e: getattr(module, e) for e in one.file.exports if hasattr(module, e)}
    if kata.probes.is_file():
        folder, _, file = kata.module.rpartition("/")
        known["probe"] = importlib.import_module(_dotted(course, f"{folder}/_probes_{file}"))
    return known


def _dotted(course: Course, module: str) -> str:
    return f"{course.package}.{module.removesuffix('.py').replace('/', '.')}"

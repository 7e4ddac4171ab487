"""Import the learner's package: their solved modules, and reference modules for the rest.

The learner's own program runs in this process, without a sandbox.
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


class BorrowingFinder(MetaPathFinder):
    """Finds each module of the learner's package: their own, the reference's, or a given file."""

    def __init__(
        self, workspace: Workspace, current: Kata | None = None, faulty: bool = False
    ) -> None:
        """Choose a file for each module: for the current kata, always the learner's.

        With `faulty`, programs that the learner has to repair are used in their current state.
        """
        self.course = workspace.course
        self.package = workspace.package
        solved = workspace.solved_katas() | ({current.name} if current else set())
        if faulty:
            solved |= {name for name, kata in self.course.katas.items() if kata.file.repair}
        self.files: dict[str, Path] = {}
        for path, source in self.course.given.items():
            own = self.package / path
            self.files[path] = own if own.is_file() else source
        for name, kata in self.course.katas.items():
            own = self.package / kata.module
            if self.course.can_borrow(name) and (name not in solved or not own.is_file()):
                self.files[kata.module] = kata.reference
            elif own.is_file():  # nothing can be borrowed: the learner's file, solved or not
                self.files[kata.module] = own
            else:
                raise KataError(
                    f"{workspace.display_path(kata)} is missing, and there is no reference module "
                    "to use instead",
                    next_step="`kata init` writes its stub, `kata restore` brings back your file",
                )
            if kata.probes.is_file():
                folder, _, file = kata.module.rpartition("/")
                self.files[f"{folder}/_probes_{file}"] = kata.probes

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a module of the package, or None for other modules."""
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
def importable_package(
    workspace: Workspace, current: Kata | None = None, faulty: bool = False
) -> Iterator[BorrowingFinder]:
    """Make the learner's package importable in a `with` block; see `BorrowingFinder`."""
    finder = BorrowingFinder(workspace, current, faulty)
    sys.meta_path.insert(0, finder)
    try:
        yield finder
    finally:
        sys.meta_path.remove(finder)
        package = workspace.course.package
        for name in [n for n in sys.modules if n == package or n.startswith(package + ".")]:
            del sys.modules[name]


def prompt_names(course: Course, kata: Kata | None) -> dict[str, Any]:
    """Return the names defined at a prompt: np, math, random, and the exports of a kata."""
    import importlib
    import math
    import random

    import numpy as np

    known: dict[str, Any] = {"np": np, "math": math, "random": random}
    if kata is None:
        return known
    for name in [*course.all_needs(kata.name), kata.name]:
        needed = course.katas[name]
        module = importlib.import_module(_module_name(course, needed.module))
        known |= {e: getattr(module, e) for e in needed.file.exports if hasattr(module, e)}
    if kata.probes.is_file():
        folder, _, file = kata.module.rpartition("/")
        known["probe"] = importlib.import_module(_module_name(course, f"{folder}/_probes_{file}"))
    return known


def _module_name(course: Course, module: str) -> str:
    return f"{course.package}.{module.removesuffix('.py').replace('/', '.')}"

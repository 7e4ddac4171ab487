"""A worker can import all of the standard library and of numpy, and nothing else."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

from nnkata.sandbox.fork_server import ENVIRONMENT

if TYPE_CHECKING:
    from ..conftest import Lab

LEFT_OUT = {"__main__", "antigravity", "idlelib", "this", "test"}
NUMPY = [f"numpy.{name}" for name in (
    "char", "core", "ctypeslib", "dtypes", "exceptions", "f2py", "fft", "lib", "lib.format",
    "lib.recfunctions", "lib.stride_tricks", "linalg", "ma", "matlib", "polynomial", "random",
    "rec", "strings", "testing", "typing",
)]  # fmt: skip
MODULE = """
import importlib

def missing(names):
    found = []
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError:
            found.append(name)
    return found
"""

CHECKS = """
def test_all(solution):
    "It is there."
    assert solution.missing([]) == []
"""


def test_a_worker_imports_what_python_has(lab: Lab) -> None:
    kata = {"exports": ["missing"], "reference": MODULE, "checks": CHECKS}
    course = lab.course({"part": kata})
    names = sorted(sys.stdlib_module_names - LEFT_OUT) + NUMPY
    solution = lab.talk(course, "part", MODULE)
    missing = solution.missing(names)
    for name in missing:  # a module for another system, or one that Python was built without
        try:
            importlib.import_module(name)
        except ImportError:
            continue
        raise AssertionError(f"{name} cannot be imported in a worker")
    assert solution.missing(["pytest", "msgspec", "nnkata", "pip"]) == [
        "pytest", "msgspec", "nnkata", "pip",
    ]  # fmt: skip


SURROUNDINGS = """
import os, sys

def surroundings():
    return sorted(os.environ), [path for path in sys.path if "packages" in path], len(sys.argv)
"""


def test_a_worker_has_four_variables_and_no_packages(lab: Lab) -> None:
    checks = CHECKS.replace("missing([]) == []", "surroundings()")
    kata = {"exports": ["surroundings"], "reference": SURROUNDINGS, "checks": checks}
    solution = lab.talk(lab.course({"part": kata}), "part", SURROUNDINGS)
    variables, packages, _ = solution.surroundings()
    assert set(variables) - {"LC_CTYPE"} == set(ENVIRONMENT)  # Python sets that one itself
    assert len(ENVIRONMENT) == 4
    assert packages == []

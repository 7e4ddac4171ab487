"""A worker can import all of the standard library and of numpy, and nothing else."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

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

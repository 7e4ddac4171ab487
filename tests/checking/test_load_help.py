"""A module that cannot be loaded is told what Python met there, and what to do."""

from __future__ import annotations

from typing import Any

import pytest

from nnkata.checking.load_help import explain_load
from nnkata.model import Course, LoadFailure

RIGHT = "def f(x): return 2 * x\n"
CHECK = """
    def test_doubles(solution):
        \"\"\"f doubles a number.\"\"\"
        assert solution.f(2) == 4
"""


@pytest.fixture
def course(lab: Any) -> Course:
    katas = {
        "needed": {"reference": "def g(): return 1\n", "exports": ["g"], "checks": CHECK},
        "a": {"reference": RIGHT, "exports": ["f"], "needs": ["needed"], "checks": CHECK},
    }
    made: Course = lab.course(katas)
    return made


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("%matplotlib inline", "commands of a notebook"),
        ("!pip install numpy", "commands of a notebook"),
        (">>> f(2)", "Python's prompt"),
        ("In [3]: f(2)", "a notebook's prompt"),
        ("<<<<<<< HEAD", "this is a merge conflict"),
        (">>>>>>> main", "this is a merge conflict"),
    ],
)
def test_what_is_not_python_is_named(line: str, step: str, lab: Any, course: Course) -> None:
    load = lab.verdict(course, "a", RIGHT + line + "\n").load
    assert (load.line, load.source) == (2, line)
    assert step in load.next_step


def test_a_syntax_error_shows_its_line_and_column(lab: Any, course: Course) -> None:
    load = lab.verdict(course, "a", "def f(x):\n    return (2 * x\n").load
    assert (load.kind, load.line, load.source, load.column) == (
        "syntax",
        2,
        "    return (2 * x",
        12,
    )


def test_a_notebook_is_named(lab: Any, course: Course) -> None:
    load = lab.verdict(course, "a", '{\n "cells": [],\n "nbformat": 4, "x": null\n}\n').load
    assert "notebook" in load.next_step


@pytest.mark.parametrize(
    ("statement", "step"),
    [
        ("from needed import g", "write `from .needed import …`"),
        ("import needed", "write `from .needed import …`"),
        ("from net.needed import g", "write `from .needed import …`"),
        ("import torch", None),
    ],
)
def test_an_import_that_was_meant_is_named(
    statement: str, step: str | None, lab: Any, course: Course
) -> None:
    load = lab.verdict(course, "a", f"{statement}\n{RIGHT}").load
    assert load.kind == "refused_import"
    assert load.next_step == step


def test_the_dots_lead_from_one_folder_to_the_other() -> None:
    load = LoadFailure("refused_import", "… only, not `value`", "scalar/neuron.py", 1)
    texts = {
        "scalar/neuron.py": "import value\n",
        "autograd/value.py": "",
        "autograd/deep/x.py": "",
    }
    step = explain_load(load, texts, "scalar/neuron.py").next_step
    assert step == "write `from ..autograd.value import …`"

"""The stub that is made from a reference."""

from __future__ import annotations

import ast

import pytest

from nnkata.course.stub import stub_text

REFERENCE = '''"""Sums of sizes."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from ..data.load import load
from ..layers.dense import Dense
from ..layers.other import other


def total(sizes: npt.NDArray[Any], layer: Dense) -> float:
    """Return the sum of the sizes."""
    return float(np.sum(sizes)) + math.pi + load(layer) + other(layer)
'''


def test_the_groups_of_imports_stay_separated_when_the_first_of_a_group_is_left_out() -> None:
    assert (
        stub_text(REFERENCE, "sums")
        == '''"""Sums of sizes."""

from typing import Any

import numpy.typing as npt

from ..layers.dense import Dense


def total(sizes: npt.NDArray[Any], layer: Dense) -> float:
    """Return the sum of the sizes."""
    raise NotImplementedError("kata sums: total is not written yet")
'''
    )


@pytest.mark.parametrize(
    ("used", "kept"),
    [
        ("Any", ["from typing import Any"]),
        ("Dense", ["from ..layers.dense import Dense"]),
        ("np.int64", ["import numpy as np"]),
        ("None", []),
    ],
)
def test_one_blank_line_is_before_the_only_group_that_is_kept(used: str, kept: list[str]) -> None:
    head = REFERENCE.partition("def total")[0]
    stub = stub_text(f"{head}def of(a: {used}) -> None:\n    print(a)\n", "sums")
    ast.parse(stub)
    lines = stub.partition("def of")[0].rstrip().splitlines()
    assert lines == ['"""Sums of sizes."""', *(["", *kept] if kept else [])]


CONSTANTS = '''"""Count."""

LARGEST = 12
"""The largest number that is counted."""
_START = 0.1
"""Where only the reference begins."""
_Name = str
"""What a name is."""


def count(word: _Name) -> int:
    """Return the number of letters."""
    return min(LARGEST, int(_START) + len(word))
'''


def test_the_text_below_a_private_constant_goes_with_it() -> None:
    stub = stub_text(CONSTANTS, "count")
    assert "LARGEST = 12" in stub
    assert "The largest number" in stub
    assert "_START" not in stub
    assert "Where only the reference begins" not in stub
    assert "What a name is" in stub

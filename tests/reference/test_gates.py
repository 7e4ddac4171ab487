"""The gates against Python's operators, and separability against linear programming by hand."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from refnn.perceptron.gates import gate, separable, xor

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]
TRUE = {
    "AND": lambda a, b: a & b,
    "OR": lambda a, b: a | b,
    "NAND": lambda a, b: 1 - (a & b),
    "NOR": lambda a, b: 1 - (a | b),
}


@pytest.mark.parametrize("name", TRUE)
def test_the_gates_agree_with_python_s_operators(name: str) -> None:
    made = gate(name)
    for corner in CORNERS:
        assert made.forward(corner) == TRUE[name](*corner)
        assert abs(float(made.net(corner))) >= 0.05


def test_each_gate_is_an_object_of_its_own() -> None:
    one, other = gate("AND"), gate("AND")
    one.weights[:] = 0.0
    assert other.forward((1, 1)) == 1
    assert gate("AND").forward((1, 1)) == 1


def test_other_names_are_refused() -> None:
    with pytest.raises(ValueError, match="XOR"):
        gate("XOR")


@pytest.mark.parametrize("n", [0, 1, 5])
def test_xor_agrees_with_python_s_operator(n: int) -> None:
    X = np.random.default_rng(n).integers(0, 2, (n, 2))
    got = np.asarray(xor(X))
    assert got.dtype == np.int64
    assert got.tolist() == [a ^ b for a, b in X.tolist()]


def test_xor_of_one_pair() -> None:
    assert [int(xor(corner)) for corner in CORNERS] == [0, 1, 1, 0]


def lines() -> set[tuple[int, ...]]:
    """Return every table that some line with coordinates in quarters computes."""
    steps = [Fraction(n, 4) for n in range(-8, 9)]
    return {
        tuple(int(w1 * a + w2 * b + c >= 0) for a, b in CORNERS)
        for w1, w2, c in itertools.product(steps, steps, steps)
    }


def test_fourteen_tables_have_a_line() -> None:
    found = lines()
    assert len(found) == 14
    for table in itertools.product((0, 1), repeat=4):
        assert separable(table) is (table in found)


def test_no_line_gets_more_than_three_corners_of_xor() -> None:
    right = [sum(a == b for a, b in zip(table, (0, 1, 1, 0), strict=True)) for table in lines()]
    assert max(right) == 3

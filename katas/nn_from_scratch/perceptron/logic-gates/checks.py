"""Hidden checks of the kata logic-gates."""

import itertools

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_equal,
    assert_object,
    assert_unchanged,
    points,
    shown,
)

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
TABLES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "NOR": (1, 0, 0, 0)}


def assert_answer(got, expected):
    """Compare a single decision, whether an int, a NumPy integer or an array without axes."""
    if isinstance(got, int) and not isinstance(got, bool):
        got = np.int64(got)
    assert_equal(got, np.array(expected))


def assert_truth(got, expected):
    """Compare a yes or no, whether a Python or a NumPy bool."""
    if not isinstance(got, bool | np.bool):
        raise CheckFailed(rung="type", got=shown(got), expected=str(expected))
    assert bool(got) == expected


def assert_gate(made, table):
    """Ask a gate at the four corners, one after the other."""
    assert_object(made, "Perceptron")
    for corner, answer in zip(CORNERS, table, strict=True):
        assert_answer(made.forward(corner), answer)


@points(2)
def test_and_and_or(solution):
    """gate("AND") and gate("OR") give perceptrons with the right answers at the four corners."""
    for name in ("AND", "OR"):
        assert_gate(solution.gate(name), TABLES[name])


@points(2)
def test_nand_and_nor(solution):
    """gate("NAND") and gate("NOR") give the opposite answers of AND and OR."""
    for name in ("NAND", "NOR"):
        assert_gate(solution.gate(name), TABLES[name])


@points(2)
def test_gates_keep_a_distance(solution):
    """At each corner the net input of each gate is at least 0.05 away from 0."""
    assert_equal(solution.probe.corners_on_the_line(list(TABLES)), {})
    for name, table in TABLES.items():
        made = assert_object(solution.gate(name), "Perceptron")
        for corner, answer in zip(CORNERS, table, strict=True):
            z = made.net(corner)
            if np.ndim(z) or not isinstance(z, float | int | np.number | np.ndarray):
                raise CheckFailed(rung="type", got=shown(z), expected="a number")
            assert (1 if answer else -1) * float(z) >= 0.05, (
                f'gate("{name}") has the net input {float(z):.3g} at {corner.tolist()}'
            )


def test_each_gate_is_a_new_perceptron(solution):
    """gate returns a new perceptron each time: a gate stays what it is when another one is made."""
    made = {name: solution.gate(name) for name in TABLES}
    for name, perceptron in made.items():
        assert_gate(perceptron, TABLES[name])
    one = assert_object(solution.gate("AND"), "Perceptron")
    one.bias = 5.0
    assert_gate(solution.gate("AND"), TABLES["AND"])


def test_refuses_other_names(solution):
    """gate raises an error for a name that is not one of the four, such as "XOR"."""
    assert_object(solution.gate("AND"), "Perceptron")
    for name in ("XOR", "XNOR", "NOT"):
        try:
            got = solution.gate(name)
        except (ValueError, KeyError):
            continue
        raise CheckFailed(f'gate("{name}") gave a result', got=shown(got), expected="a ValueError")


@points(7)
def test_xor_is_one_for_exactly_one(solution):
    """xor gives 1 for (0, 1) and (1, 0), and 0 for (0, 0) and (1, 1)."""
    for corner, answer in zip(CORNERS, (0, 1, 1, 0), strict=True):
        assert_answer(solution.xor(corner), answer)


@points(3)
def test_xor_takes_a_batch(solution, rng):
    """For a batch (N, 2), xor gives one integer per row, whatever N is."""
    for X in (CORNERS[[0, 1]], CORNERS[[3, 2]], CORNERS):
        assert_equal(solution.xor(X), X[:, 0] ^ X[:, 1])
    for n in (7, 1, 0):
        X = rng.integers(0, 2, (n, 2))
        assert_equal(solution.xor(X), X[:, 0] ^ X[:, 1])
    X = rng.integers(0, 2, (5, 2)).astype(float)
    assert_equal(solution.xor(X), (X.sum(axis=1) == 1).astype(np.int64))
    assert_equal(solution.xor(X.tolist()), (X.sum(axis=1) == 1).astype(np.int64))


def test_xor_is_made_of_perceptrons(solution):
    """xor asks at least two perceptrons, and one of them gets the answers of another one."""
    assert_equal(solution.xor(CORNERS), np.array([0, 1, 1, 0]))
    assert_equal(solution.probe.layers_of_xor(), {
        "perceptrons asked": "two or more",
        "layers": "two or more",
    })  # fmt: skip


@points(3)
def test_separable_knows_all_sixteen_tables(solution):
    """separable is False for exactly those two of the 16 truth tables that no line can compute."""
    for table in itertools.product((0, 1), repeat=4):
        zeros_and_ones = sum(table[1:3]) == 2 * table[1] and table[0] == table[3] != table[1]
        assert_truth(solution.separable(list(table)), not zeros_and_ones)
    for table in ((0, 1, 1, 0), (1, 0, 0, 1), (0, 0, 0, 1)):
        assert_truth(solution.separable(table), table == (0, 0, 0, 1))


def test_leaves_its_arguments_alone(solution):
    """xor does not change its inputs, and separable does not change the table."""
    for X in (CORNERS.copy(), CORNERS.astype(float)):
        before = X.copy()
        got = solution.xor(X)
        assert_unchanged(X, before, "the inputs")
        assert_equal(got, np.array([0, 1, 1, 0]))
    table = [0, 1, 1, 1]
    got = solution.separable(table)
    assert_unchanged(table, [0, 1, 1, 1], "the table")
    assert_truth(got, True)

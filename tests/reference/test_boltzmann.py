"""The Boltzmann machine, compared with a network of factors and with the matrix of its walk."""

import itertools
from functools import reduce
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit, logsumexp

from refnn.memory.boltzmann import bm_energy, bm_probabilities, gibbs_sweep, sample

Floats = NDArray[np.floating[Any]]
PAIR = np.array([[0.0, 4.0], [4.0, 0.0]]), np.array([-2.0, -2.0])


def draw_machine(seed: int, n: int, scale: float = 1.0) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.normal(0, scale, (n, n)), 1)
    return upper + upper.T, rng.normal(0, scale, n)


def log_table(W: Floats, b: Floats) -> Floats:
    """Return log p for all states as an array (2, …, 2): one axis per unit, a factor per edge."""
    n = len(b)

    def factor(values: list[Any], *axes: int) -> Floats:
        return np.array(values).reshape([2 if axis in axes else 1 for axis in range(n)])

    factors = [factor([0.0, b[i]], i) for i in range(n)]
    factors += [
        factor([[0.0, 0.0], [0.0, W[i, j]]], i, j) for i, j in itertools.combinations(range(n), 2)
    ]
    logs: Floats = reduce(np.add, factors)
    result: Floats = logs - logsumexp(logs)
    return result


def walk_matrix(W: Floats, b: Floats) -> Floats:
    """Return the probabilities (2^n, 2^n) that a sweep leads from a state to another."""
    n = len(b)
    states = np.array(list(itertools.product((0, 1), repeat=n)))
    total = np.eye(2**n)
    for i in range(n):
        step = np.zeros((2**n, 2**n))
        for k, s in enumerate(states):
            on = expit(W[i] @ s + b[i])
            bit = 2 ** (n - 1 - i)
            step[k, k | bit] += on
            step[k, k & ~bit] += 1 - on
        total = total @ step
    return total


@pytest.mark.parametrize("n", [1, 2, 3, 6, 12])
@pytest.mark.parametrize("scale", [0.5, 3.0, 800.0])
def test_probabilities_are_a_product_of_factors(n: int, scale: float) -> None:
    W, b = draw_machine(n, n, scale)
    expected = np.exp(log_table(W, b)).ravel()
    got = bm_probabilities(W, b)
    assert got.dtype == np.float64
    np.testing.assert_allclose(got, expected, rtol=1e-8, atol=1e-200)
    assert got.sum() == pytest.approx(1.0, abs=1e-12)


def test_energy_belongs_to_the_probabilities() -> None:
    W, b = draw_machine(4, 5)
    logs = log_table(W, b)
    offsets = [logs[s] + bm_energy(s, W, b) for s in itertools.product((0, 1), repeat=5)]
    np.testing.assert_allclose(offsets, offsets[0], rtol=1e-12)


def test_a_sweep_has_the_probabilities_of_its_matrix() -> None:
    W, b = draw_machine(3, 3)
    matrix, p = walk_matrix(W, b), bm_probabilities(W, b)
    np.testing.assert_allclose(p @ matrix, p, rtol=1e-12)
    rng, counts = np.random.default_rng(1), np.zeros((8, 8))
    for k, s in enumerate(itertools.product((0, 1), repeat=3)):
        for _ in range(2000):
            counts[k, int(gibbs_sweep(s, W, b, rng) @ [4, 2, 1])] += 1
    # 64 shares, each with a standard error of at most 0.0112: five of them.
    np.testing.assert_allclose(counts / 2000, matrix, atol=0.056)


def test_the_walk_comes_to_the_probabilities() -> None:
    W, b = draw_machine(8, 3)
    states = sample(W, b, 20_000, 50, np.random.default_rng(2))
    shares = np.bincount(states @ [4, 2, 1], minlength=8) / 20_000
    assert np.abs(shares - bm_probabilities(W, b)).sum() / 2 < 0.02


def test_a_sample_continues_a_walk_of_sweeps() -> None:
    W, b = draw_machine(9, 4)
    rng, state = np.random.default_rng(3), np.zeros(4, np.int8)
    rows = []
    for _ in range(12):
        state = gibbs_sweep(state, W, b, rng)
        rows.append(state.tolist())
        assert state.dtype == np.int8
    assert sample(W, b, 9, 3, np.random.default_rng(3)).tolist() == rows[3:]
    assert sample(W, b, 0, 3, np.random.default_rng(3)).shape == (0, 4)
    numbers = np.random.default_rng(4).random(4)
    swept = np.ones(4)
    for i in range(4):
        swept[i] = numbers[i] < expit(W[i] @ swept + b[i])
    assert gibbs_sweep(np.ones(4), W, b, np.random.default_rng(4)).tolist() == swept.tolist()


def test_the_worked_example() -> None:
    states = list(itertools.product((0, 1), repeat=2))
    assert [bm_energy(s, *PAIR) for s in states] == [0, 2, 2, 0]
    p = bm_probabilities(*PAIR)
    assert p.round(3).tolist() == [0.44, 0.06, 0.06, 0.44]
    assert sum(np.exp([0, -2, -2, 0])) == pytest.approx(2.271, abs=0.0005)
    assert expit(2) == pytest.approx(0.881, abs=0.0005)
    assert p[3] / (p[2] + p[3]) == pytest.approx(expit(2))
    wrong = np.exp([0, -2, -2, 4])
    assert wrong[3] / wrong.sum() == pytest.approx(0.977, abs=0.0005)


def test_drawing_all_at_once_gives_a_quarter_each() -> None:
    W, b = PAIR
    step = np.zeros((4, 4))
    for k, s in enumerate(itertools.product((0, 1), repeat=2)):
        on = expit(W @ s + b)
        step[k] = np.multiply.outer([1 - on[0], on[0]], [1 - on[1], on[1]]).ravel()
    np.testing.assert_allclose(np.full(4, 0.25) @ step, np.full(4, 0.25))


def test_the_beginning_of_the_walk_and_where_it_does_not_come() -> None:
    matrix = walk_matrix(*PAIR)
    for sweeps, expected in ((1, 0.10), (5, 0.40), (10, 0.44)):
        reached = np.linalg.matrix_power(matrix, sweeps)[0, 3]
        assert reached == pytest.approx(expected, abs=0.00501)
    stuck = 5 * PAIR[0], 5 * PAIR[1]
    assert bm_probabilities(*stuck)[1] == pytest.approx(0.00002, abs=0.000005)
    assert not sample(*stuck, 10_000, 0, np.random.default_rng(0)).all(axis=1).any()


def test_what_is_refused() -> None:
    W, b = PAIR
    rng = np.random.default_rng(0)
    for weights, biases in (
        (W + np.eye(2), b),
        (np.triu(W), b),
        (W[:1], b),
        (W, b[:1]),
        (W, [b]),
        (np.full((2, 2), np.nan), b),
    ):
        for call in (
            lambda w=weights, c=biases: bm_energy([0, 1], w, c),
            lambda w=weights, c=biases: bm_probabilities(w, c),
            lambda w=weights, c=biases: gibbs_sweep([0, 1], w, c, rng),
            lambda w=weights, c=biases: sample(w, c, 1, 0, rng),
        ):
            with pytest.raises(ValueError, match="must be"):
                call()
    for s in ([0, 2], [0, -1], [0.5, 1], [0], [[0, 1]]):
        with pytest.raises(ValueError, match="units of 0 and 1"):
            bm_energy(s, W, b)
        with pytest.raises(ValueError, match="units of 0 and 1"):
            gibbs_sweep(s, W, b, rng)
    with pytest.raises(ValueError, match="at most 12"):
        bm_probabilities(*draw_machine(0, 13))

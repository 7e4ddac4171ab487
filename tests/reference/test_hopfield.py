"""The Hopfield network, compared with distances of columns, and with all states of small ones."""

import itertools
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.spatial.distance import pdist, squareform

from refnn.memory.hopfield import energy, hebbian, recall

Floats = NDArray[np.floating[Any]]
Signs = NDArray[np.integer[Any]]


def draw_patterns(seed: int, p: int, n: int) -> Signs:
    return np.random.default_rng(seed).choice(np.array([-1, 1]), (p, n))


def damage(pattern: Signs, wrong: int, seed: int) -> Signs:
    damaged = pattern.copy()
    damaged[np.random.default_rng(seed).permutation(pattern.size)[:wrong]] *= -1
    return damaged


def share_recalled(count: int, trials: int = 400) -> float:
    """Return in which share of trials at least 99 of 100 neurons come out right."""
    good, rng = 0, np.random.default_rng(count)
    for trial in range(trials):
        X = draw_patterns(1000 * count + trial, count, 100)
        found = recall(hebbian(X), damage(X[0], 10, trial), rng, 20)
        good += bool((found == X[0]).mean() > 0.98)
    return good / trials


@pytest.mark.parametrize(("p", "n"), [(1, 4), (3, 7), (5, 2), (40, 6)])
def test_weights_are_hamming_distances_of_columns(p: int, n: int) -> None:
    X = draw_patterns(p, p, n)
    differing = squareform(pdist(X.T, "hamming"))
    expected = p * (1 - 2 * differing) / n
    np.fill_diagonal(expected, 0.0)
    for dtype in (np.int8, np.int64, np.float32):
        got = hebbian(X.astype(dtype))
        assert got.dtype == np.float64
        np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-12)
    assert not hebbian(X[:0]).any()


def test_many_patterns_in_small_integers() -> None:
    assert hebbian(np.ones((200, 2), dtype=np.int8)).tolist() == [[0, 100], [100, 0]]


def test_every_recall_ends_in_a_minimum_of_all_states() -> None:
    n = 7
    half = np.triu(np.random.default_rng(3).normal(size=(n, n)), 1)
    W = half + half.T
    energies = {
        s: -sum(W[i, j] * s[i] * s[j] for i, j in itertools.combinations(range(n), 2))
        for s in itertools.product((-1, 1), repeat=n)
    }
    for s, expected in energies.items():
        assert energy(W, s) == pytest.approx(expected, abs=1e-12)
    minima = {
        s
        for s, e in energies.items()
        if all(energies[(*s[:i], -s[i], *s[i + 1 :])] > e for i in range(n))
    }
    rng, found = np.random.default_rng(4), set()
    for s in itertools.product((-1, 1), repeat=n):
        end = tuple(recall(W, s, rng, 100).tolist())
        assert energies[end] <= energies[s] + 1e-12
        found.add(end)
    assert found == minima


def test_the_worked_example() -> None:
    W = hebbian([[1, 1, -1, -1]])
    assert energy(W, [1, 1, -1, -1]) == -1.5
    assert energy(W, [-1, 1, -1, -1]) == 0
    assert (W @ [-1, 1, -1, -1]).tolist() == [0.75, 0.25, -0.25, -0.25]
    assert recall(W, [-1, 1, -1, -1], np.random.default_rng(0)).tolist() == [1, 1, -1, -1]


def test_two_neurons_agree_after_one_sweep() -> None:
    W = np.array([[0, 1], [1, 0]])
    assert energy(W, [1, -1]) == 1
    ends = {
        tuple(recall(W, [1, -1], np.random.default_rng(seed), 1).tolist()) for seed in range(20)
    }
    assert ends == {(1, 1), (-1, -1)}
    assert energy(W, [1, 1]) == -1
    assert np.sign(W @ [1, -1]).tolist() == [-1, 1]


def test_more_than_half_wrong_ends_at_the_negative() -> None:
    x = draw_patterns(1, 1, 40)
    assert (recall(hebbian(x), damage(x[0], 28, 2), np.random.default_rng(0)) == -x[0]).all()
    assert (recall(hebbian(x), damage(x[0], 12, 2), np.random.default_rng(0)) == x[0]).all()


def test_how_many_patterns_fit() -> None:
    """The shares that the lesson names, each within five standard deviations of 400 trials.

    Where a field is 0, rounding decides its sign, and that differs between processors.
    """
    for count, share in ((5, 0.999), (10, 0.95), (20, 0.34), (30, 0.02)):
        five_deviations = 5 * (share * (1 - share) / 400) ** 0.5
        assert share_recalled(count) == pytest.approx(share, abs=five_deviations), count


def test_what_the_diagonal_does_and_what_zeros_do() -> None:
    still = 0
    for seed in range(100):
        X, s = draw_patterns(seed, 1000, 100), draw_patterns(10_000 + seed, 1, 100)[0]
        still += bool((s * (X.T @ (X @ s)) > 0).all())
    assert still == pytest.approx(91, abs=8)
    back = 0
    for seed in range(50):
        x = draw_patterns(seed, 1, 100)[0]
        ones = (x > 0).astype(float)
        W = np.outer(ones, ones) / 100
        np.fill_diagonal(W, 0.0)
        back += bool((recall(W, damage(x, 10, seed), np.random.default_rng(0)) == x).all())
    assert back == 0


def test_mixtures_of_three_patterns_are_at_rest() -> None:
    resting = 0
    for seed in range(100):
        X = draw_patterns(seed, 3, 100)
        mixed = np.sign(X.sum(axis=0))
        resting += bool((recall(hebbian(X), mixed, np.random.default_rng(0)) == mixed).all())
    assert resting == pytest.approx(99, abs=2)


def test_a_field_of_zero_and_the_end() -> None:
    s = np.array([1, -1, 1], dtype=np.int8)
    kept = recall(np.zeros((3, 3)), s, np.random.default_rng(0))
    assert kept.dtype == np.int8
    assert kept.tolist() == [1, -1, 1]
    assert kept is not s
    rng, restless = np.random.default_rng(0), [[0, 1], [-1, 0]]
    recall(restless, [1, 1], rng, 3)
    other = np.random.default_rng(0)
    for _ in range(3):
        other.permutation(2)
    assert rng.bit_generator.state == other.bit_generator.state


def test_what_is_refused() -> None:
    rng = np.random.default_rng(0)
    for patterns in ([1, -1], [[1, 0]], [[1, float("nan")]], [[[1]]], [[2, 1]]):
        with pytest.raises(ValueError, match="1 and -1"):
            hebbian(patterns)
    for W, s in (
        (np.eye(2), [1, 0]),
        (np.eye(3), [1, -1]),
        (np.eye(2), [[1, -1]]),
        (np.ones((2, 3)), [1, 1]),
    ):
        with pytest.raises(ValueError, match=r"1 and -1|W must"):
            energy(W, s)
        with pytest.raises(ValueError, match=r"1 and -1|W must"):
            recall(W, s, rng)

"""Hidden checks of the kata perceptron.

The drawn weights are free, so the checks set weights and bias first.
"""

import math

import numpy as np

from nnkata.testing import (
    assert_close,
    assert_equal,
    assert_object,
    assert_unchanged,
    points,
    raises,
)

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def perceptron(solution, weights, bias):
    """Make a perceptron with these weights and this bias."""
    made = assert_object(solution.Perceptron(len(weights), solution.rng(7)), "Perceptron")
    made.weights = np.array(weights)
    made.bias = bias
    return made


def net_input(weights, bias, sample):
    """Add up one sample's products and the bias, exactly rounded."""
    return math.fsum([*(w * x for w, x in zip(weights, sample, strict=True)), bias])


def net_inputs(weights, bias, X):
    """Compute the net input of each row."""
    return np.array([net_input(weights, bias, row) for row in X.tolist()], float)


def some_numbers(rng, n):
    """Draw n numbers with two decimals, none near 0, not all of one sign."""
    signs = rng.permutation([(-1.0) ** i for i in range(n)])
    return np.round(signs * rng.uniform(0.2, 2.0, n), 2)


def random_counts(rng):
    """Draw two numbers of inputs."""
    return [int(n) for n in rng.integers(6, 30, 2)]


def samples_on_the_line(rng, n):
    """Draw weights, a bias and 12 samples, with the net inputs 0, 1 and -1; all sums are exact."""
    weights = rng.choice([-1.0, 1.0], n) * rng.integers(1, 5, n)
    weights[-1] = np.sign(weights[-1])
    bias = float(rng.integers(1, 9)) / 2
    X = rng.integers(-8, 9, (12, n)) / 4
    z = rng.permutation([0.0, 0.0, 1.0, -1.0] * 3)
    X[:, -1] = (z - bias - X[:, :-1] @ weights[:-1]) * weights[-1]
    return weights, bias, X, z


def some_samples(rng, shape, weights, bias):
    """Draw samples whose net inputs are not near 0."""
    while True:
        X = np.round(rng.uniform(-3.0, 3.0, shape), 2)
        if np.abs(X @ weights + bias).min(initial=1.0) > 0.05:
            return X


def assert_number(got, expected):
    """Compare a single number, whether Python's or NumPy's."""
    if isinstance(got, int | float) and not isinstance(got, bool):
        got = np.float64(got)
    assert_close(got, np.array(float(expected)), rtol=1e-9, atol=1e-12, dtype=False)


def test_net_is_the_weighted_sum_plus_the_bias(solution, rng):
    """For one sample, net gives w_1 x_1 + ... + w_n x_n + b."""
    and_gate = perceptron(solution, [0.6, 0.6], -1.0)
    for x, z in (([1.0, 1.0], 0.2), ([0.0, 1.0], -0.4)):
        assert_number(and_gate.net(np.array(x)), z)
    for n in (3, 1, 5):
        weights, bias = some_numbers(rng, n), round(float(rng.uniform(0.3, 0.9)), 2)
        made = perceptron(solution, weights, bias)
        for _ in range(3):
            x = some_numbers(rng, n)
            assert_number(made.net(x), net_input(weights, bias, x))


def test_forward_decides_one_sample(solution, rng):
    """For one sample, forward gives 1 where the net input is above 0 and 0 where it is below."""
    and_gate = perceptron(solution, [0.6, 0.6], -1.0)
    for x, answer in zip(CORNERS, (0, 0, 0, 1), strict=True):
        assert_number(and_gate.forward(x), answer)
    for n in (3, 1, 5):
        weights = some_numbers(rng, n)
        made = perceptron(solution, weights, 0.25)
        for _ in range(4):
            x = some_samples(rng, n, weights, 0.25)
            assert_number(made.forward(x), net_input(weights, 0.25, x) > 0)


@points(3)
def test_net_takes_a_batch(solution, rng):
    """For a batch (N, n), net gives one net input per row, whatever N is."""
    made = perceptron(solution, [1.0, 10.0], 0.5)
    X = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert_close(made.net(X), np.array([21.5, 43.5]))
    for N, n in ((3, 3), (5, 3), (2, 4), (4, 1), (1, 3), (1, 1), (0, 3)):
        weights, bias = some_numbers(rng, n), round(float(rng.uniform(0.3, 0.9)), 2)
        X = some_samples(rng, (N, n), weights, bias)
        got = perceptron(solution, weights, bias).net(X)
        assert_close(got, net_inputs(weights, bias, X), atol=1e-12, dtype=False)


@points(6)
def test_forward_takes_a_batch(solution, rng):
    """For a batch (N, n), forward gives one integer per row, the same as row by row."""
    made = perceptron(solution, [1.0, -10.0], 0.5)
    assert_number(made.forward(np.array([1.0, 2.0])), 0)
    X = np.array([[3.0, 1.0], [30.0, 2.0]])
    assert_equal(made.forward(X), np.array([0, 1]))
    and_gate = perceptron(solution, [0.6, 0.6], -1.0)
    assert_equal(and_gate.forward(CORNERS), np.array([0, 0, 0, 1]))
    for N, n in ((7, 3), (2, 4), (1, 3), (0, 3)):
        weights, bias = some_numbers(rng, n), 0.25
        X = some_samples(rng, (N, n), weights, bias)
        got = perceptron(solution, weights, bias).forward(X)
        assert_equal(got, (net_inputs(weights, bias, X) > 0).astype(np.int64))


@points(2)
def test_forward_is_one_at_a_net_input_of_zero(solution, rng):
    """Where the net input is exactly 0, forward gives 1."""
    made = perceptron(solution, [0.5], -1.0)
    for x, answer in ((2.0, 1), (0.0, 0), (4.0, 1)):
        assert_equal(made.forward(np.array([[x]])), np.array([answer]))
    made = perceptron(solution, [2.0, -1.0], 0.0)
    for X, answers in (([[1.0, 2.0], [2.0, 4.0]], [1, 1]), ([[1.0, 3.0], [3.0, 1.0]], [0, 1])):
        assert_equal(made.forward(np.array(X)), np.array(answers))
    for n in (1, 3):
        weights, bias, X, z = samples_on_the_line(rng, n)
        got = perceptron(solution, weights, bias).forward(X)
        assert_equal(got, (z >= 0).astype(np.int64))


def test_refuses_the_wrong_number_of_inputs(solution, rng):
    """A sample with more or fewer numbers than weights raises ValueError, alone or in a batch."""
    weights, x = some_numbers(rng, 3), some_numbers(rng, 3)
    made = perceptron(solution, weights, 0.5)
    assert_number(made.net(x), net_input(weights, 0.5, x))
    for shape in ((3, 2), (1,), (2,), (4,), (2, 1), (5, 4), (0, 2)):
        with raises(ValueError):
            made.net(np.ones(shape))
        with raises(ValueError):
            made.forward(np.ones(shape))


def test_takes_lists_and_integers(solution, rng):
    """A sample or a batch may be a list, and its numbers may be integers."""
    made = perceptron(solution, [0.5, -1.0], 0.25)
    for x, z in (([3.0, 1.0], 0.75), ([3, 1], 0.75), (np.array([1, 2]), -1.25)):
        assert_number(made.net(x), z)
        assert_number(made.forward(x), z > 0)
    for X in ([[3.0, 1.0], [1.0, 2.0]], [[3, 2], [2, 4]]):
        assert_equal(made.forward(X), (net_inputs([0.5, -1.0], 0.25, np.array(X)) > 0).astype(int))
    weights = some_numbers(rng, 3)
    made = perceptron(solution, weights, 0.25)
    for x in (some_numbers(rng, 3).tolist(), rng.integers(1, 9, 3), rng.integers(1, 9, 3).tolist()):
        assert_number(made.net(x), net_input(weights, 0.25, x))


def test_changes_nothing(solution, rng):
    """net and forward change neither the samples nor the weights nor the bias."""
    weights = some_numbers(rng, 3)
    made = perceptron(solution, weights, 0.25)
    X = some_samples(rng, (3, 3), weights, 0.25)
    before = X.copy()
    for x in (X[0].copy(), X):
        kept = x.copy()
        made.net(x)
        made.forward(x)
        assert_unchanged(x, kept, "the samples")
    assert_equal(made.weights, weights)
    assert_equal(made.bias, 0.25)
    assert_number(made.net(before[0]), net_input(weights, 0.25, before[0]))


def test_starts_with_one_weight_per_input(solution, rng):
    """A new perceptron has n weights (float64) and a number as its bias."""
    for n in (3, 1, *random_counts(rng)):
        made = assert_object(solution.Perceptron(n, solution.rng(7)), "Perceptron")
        assert_equal(solution.probe.shape_and_kind(made), [[n], "float64", "a number"])


def test_draws_its_weights_from_rng(solution, rng):
    """The same seed gives the same weights, another seed gives others, and so does the next draw.

    Without rng, two perceptrons differ. The global generators are neither used nor seeded.
    """
    for n in (3, *random_counts(rng)):
        assert_equal(solution.probe.how_it_draws(n), {
            "weights": n,
            "one perceptron": "different weights",
            "the same seed": "the same weights",
            "another seed": "other weights",
            "the next draw": "other weights",
            "without rng": "other weights",
            "global generators": "untouched",
        })  # fmt: skip

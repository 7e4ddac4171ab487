"""Hidden checks of the kata affine."""

from itertools import pairwise

import numpy as np

from nnkata.testing import (
    assert_arguments_unchanged,
    assert_close,
    assert_equal,
    points,
    raises,
)


def by_sums(x, W, b):
    """Compute one output after the other, with plain sums."""
    rows = [
        [sum(a * w for a, w in zip(row, column, strict=True)) for column in W.T.tolist()]
        for row in x.tolist()
    ]
    return np.array(rows).reshape(len(x), W.shape[1]) + b


def some_layers(rng, sizes):
    """Draw one pair of weights and biases per layer."""
    return [(rng.normal(size=(i, o)), rng.normal(size=o)) for i, o in pairwise(sizes)]


def run(layers, x):
    """Pass samples through the layers, one after the other."""
    for W, b in layers:
        x = by_sums(x, W, b)
    return x


def test_affine_of_small_numbers(solution):
    """affine multiplies each sample by the weights, and adds the biases."""
    x, W, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 2.0], [3.0, 5.0]]), np.zeros(2)
    assert_close(solution.affine(x, W, b), np.array([[7.0, 12.0], [15.0, 26.0]]))
    W, b = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([10.0, 20.0, 30.0])
    assert_close(solution.affine(x[:1], W, b), np.array([[19.0, 32.0, 45.0]]))


@points(2)
def test_affine_of_batches_of_any_size(solution, rng):
    """affine gives (N, O) for (N, I) samples, where N, I and O are all different."""
    for n, i, o in ((4, 4, 4), (5, 3, 2), (1, 4, 6), (2, 5, 3), (3, 1, 2), (3, 2, 1)):
        x, (W, b) = rng.normal(size=(n, i)), some_layers(rng, (i, o))[0]
        assert_close(solution.affine(x, W, b), by_sums(x, W, b), atol=1e-12)


@points(2)
def test_each_output_has_its_own_bias(solution, rng):
    """Each column of the result gets its own bias, even when N = O."""
    for n in (3, 4):
        x, W, b = np.zeros((n, 2)), np.ones((2, 3)), rng.integers(1, 9, 3) + np.array([0.0, 10, 20])
        if n == 3:
            assert_close(solution.affine(x, W, b), np.array([b] * n))
        else:
            assert_close(solution.affine(x + 1.0, W, b), np.array([b + 2.0] * n))


def test_affine_of_one_sample(solution, rng):
    """affine of one sample of shape (I,) gives the shape (O,)."""
    for i, o in ((2, 2), (3, 2), (2, 5)):
        x, (W, b) = rng.normal(size=i), some_layers(rng, (i, o))[0]
        assert_close(solution.affine(x, W, b), by_sums(x[np.newaxis], W, b)[0], atol=1e-12)


def test_affine_of_an_empty_batch(solution, rng):
    """affine of no samples gives an array of shape (0, O)."""
    W, b = some_layers(rng, (3, 2))[0]
    assert_close(solution.affine(np.ones((1, 3)), W, b), by_sums(np.ones((1, 3)), W, b))
    assert_close(solution.affine(np.empty((0, 3)), W, b), np.empty((0, 2)))


@points(5)
def test_collapses_two_layers_of_one_number(solution, rng):
    """2x + 3 and then 5a + 7 are together 10x + 22."""
    for w, b, v, c in ([2.0, 3.0, 5.0, 7.0], rng.integers(2, 99, 4).astype(float)):
        layers = [(np.array([[w]]), np.array([b])), (np.array([[v]]), np.array([c]))]
        expected = (np.array([[w * v]]), np.array([b * v + c]))
        assert_close(solution.collapse_linear(layers), expected)
        layers.reverse()
        expected = (np.array([[w * v]]), np.array([c * w + b]))
        assert_close(solution.collapse_linear(layers), expected)


@points(2)
def test_the_weights_of_collapsed_layers(solution, rng):
    """The collapsed weights multiply the weights of all layers, in the order in which they run."""
    for sizes in ((2, 2, 2), (3, 3, 3, 3), (2, 4, 3), (3, 5, 1, 4)):
        layers = some_layers(rng, sizes)
        expected = run([(W, 0.0 * b) for W, b in layers], np.eye(sizes[0]))
        got = solution.collapse_linear([(W, 0.0 * b) for W, b in layers])
        assert_close(got, (expected, np.zeros(sizes[-1])), atol=1e-12)


@points(12)
def test_collapsed_layers_compute_the_same(solution, rng):
    """The collapsed layer gives the same outputs as running 2, 3 or 5 layers."""
    for sizes in ((3, 3, 3), (2, 3, 4), (4, 2, 3, 5), (3, 5, 4, 2, 6, 1)):
        layers, x = some_layers(rng, sizes), rng.normal(size=(4, sizes[0]))
        got = solution.collapse_linear(layers)
        bias = run(layers, np.zeros((1, sizes[0])))[0]
        weights = run([(W, 0.0 * b) for W, b in layers], np.eye(sizes[0]))
        assert_close(got, (weights, bias), atol=1e-12)
        assert_close(by_sums(x, *got), run(layers, x), atol=1e-10)


def test_collapses_a_single_layer(solution, rng):
    """A single layer collapses to itself."""
    for sizes in ((3, 2), (1, 4)):
        layers = some_layers(rng, sizes)
        assert_close(solution.collapse_linear(layers), layers[0])


def test_refuses_to_collapse_no_layers(solution, rng):
    """collapse_linear of an empty list raises a ValueError."""
    layers = some_layers(rng, (3, 2))
    assert_close(solution.collapse_linear(layers), layers[0])
    with raises(ValueError):
        solution.collapse_linear([])


def test_counts_weights_and_biases(solution, rng):
    """count_params counts the weights and the biases of all layers."""
    assert_equal(solution.count_params([2, 3]), 9)
    assert_equal(solution.count_params([64, 32, 10]), 2410)
    for length in (2, 3, 5):
        sizes = rng.integers(1, 50, length).tolist()
        expected = sum(W.size + b.size for W, b in some_layers(rng, sizes))
        assert_equal(solution.count_params(sizes), expected)


def test_keeps_the_precision_it_is_given(solution, rng):
    """Floats keep their dtype, and integers are converted to float64."""
    x, (W, b) = rng.integers(-4, 5, (4, 3)), (rng.integers(-4, 5, (3, 2)), np.array([1, -2]))
    expected = by_sums(x, W, b).astype(float)
    assert_close(solution.affine(x, W, b), expected)
    for kind in (np.float64, np.float32):
        got = solution.affine(x.astype(kind), W.astype(kind), b.astype(kind))
        assert_close(got, expected.astype(kind), rtol=1e-5, atol=1e-5)


def test_collapsed_layers_keep_the_precision(solution, rng):
    """Collapsed float32 layers are float32, and layers of integers give float64."""
    for count in (1, 3):
        layers = [(rng.integers(-4, 5, (3, 3)), rng.integers(-4, 5, 3)) for _ in range(count)]
        right = (
            run([(W, 0 * b) for W, b in layers], np.eye(3)),
            run(layers, np.zeros((1, 3)))[0].astype(float),
        )
        assert_close(solution.collapse_linear(layers), right)
        small = [(W.astype(np.float32), b.astype(np.float32)) for W, b in layers]
        expected = tuple(part.astype(np.float32) for part in right)
        assert_close(solution.collapse_linear(small), expected, rtol=1e-5)


@points(2)
def test_refuses_shapes_that_do_not_fit(solution, rng):
    """affine raises a ValueError when x, W and b do not fit together, and broadcasts nothing."""
    x, (W, b) = rng.normal(size=(3, 2)), some_layers(rng, (2, 3))[0]
    assert_close(solution.affine(x, W, b), by_sums(x, W, b), atol=1e-12)
    wrong = (
        (x, W, b[:1]), (x, W, b[0]), (x, W, b[:, np.newaxis]), (x, W, b[np.newaxis]),
        (x, W, b[:2]), (x[:, :1], W, b), (x, W[:1], b), (x, W[:, 0], b[0]),
        (x[:2], W[np.newaxis], W),
    )  # fmt: skip
    for arguments in wrong:
        with raises(ValueError):
            solution.affine(*arguments)


def test_refuses_layers_that_do_not_fit(solution, rng):
    """collapse_linear raises a ValueError when the layers or their biases do not fit together."""
    first, second = some_layers(rng, (2, 3, 4))
    assert_close(solution.collapse_linear([first]), first)
    for layers in (
        [second, first],
        [(first[0], first[1][:1]), second],
        [first, (second[0], second[1][:1])],
        [first, (second[0], second[1][:2])],
    ):
        with raises(ValueError):
            solution.collapse_linear(layers)


def test_leaves_its_arguments_alone(solution, rng):
    """No function changes the arrays or the list that are passed in."""
    x, layers, sizes = rng.normal(size=(4, 2)), some_layers(rng, (2, 3, 2)), [2, 3, 2]
    assert_close(solution.affine(x, *layers[0]), by_sums(x, *layers[0]), atol=1e-12)
    assert_close(solution.collapse_linear(layers)[1], run(layers, np.zeros((1, 2)))[0], atol=1e-12)
    assert_equal(solution.count_params(sizes), 17)
    assert_arguments_unchanged(x=x, layers=layers, sizes=sizes)


def test_returns_new_arrays(solution, rng):
    """The collapsed weights and biases are new arrays, even for a single layer."""
    for sizes in ((3, 2), (2, 3, 4)):
        layers = some_layers(rng, sizes)
        assert_close(solution.collapse_linear(layers)[1], run(layers, np.zeros((1, sizes[0])))[0])
        assert not solution.probe.shares_memory(layers), "the result is an array of the first layer"

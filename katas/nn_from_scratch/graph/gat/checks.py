"""Hidden checks of the kata gat."""

import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_unchanged,
    central_difference,
    points,
    raises,
)
from refnn.graph.data import karate_club

SIZES = ((4, 4, 4), (5, 3, 2), (3, 2, 6), (1, 5, 3))
"""n, I and O."""
CLOSE = {"rtol": 1e-9, "atol": 1e-12}
MEASURED = {"rtol": 1e-6, "atol": 1e-8}
NAMES = ("H", "A", "W", "a_self", "a_other")
EXAMPLE = (
    np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]),
    np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]),
    np.eye(2),
    np.array([1.0, -2.0]),
    np.array([2.0, -1.0]),
)


def sums_of(H, W, a_self, a_other):
    """Return the sum before the leaky ReLU for each pair of nodes."""
    P = H @ W
    return (P @ a_self)[:, np.newaxis] + P @ a_other


def exact(H, A, W, a_self, a_other, slope=0.2):
    """Return output and weights, computed node by node with Python's floats."""
    P, sums = H @ W, sums_of(H, W, a_self, a_other).tolist()
    alpha = np.zeros(np.shape(A))
    for i in range(len(H)):
        scores = {
            j: sums[i][j] if sums[i][j] > 0 else slope * sums[i][j]
            for j in range(len(H))
            if i == j or A[i][j]
        }
        top = max(scores.values())
        total = math.fsum(math.exp(score - top) for score in scores.values())
        for j, score in scores.items():
            alpha[i, j] = math.exp(score - top) / total
    return alpha @ P, alpha


def right(result, expected, close=CLOSE):
    """Compare weights and output with the expected pair."""
    got, alpha = several(result, 2)
    assert_close(alpha, expected[1], **close)
    assert_close(got, expected[0], **close)


def several(result, count):
    """Return a tuple if it has so many entries; else fail."""
    if type(result) not in (tuple, list) or len(result) != count:
        raise CheckFailed(f"{count} arrays were expected, as a tuple", rung="type")
    return result


def draw_graph(rng, n, share=0.5):
    """Draw a graph in which, from 3 nodes on, a node knows another and does not know a third.

    Then the degrees are not all equal.
    """
    while True:
        A = np.triu(rng.random((n, n)) < share, 1)
        A = (A | A.T).astype(float)
        degrees = A.sum(axis=1)
        if n < 3 or (((degrees > 0) & (degrees < n - 1)).any() and np.ptp(degrees) > 0):
            return A


def draw(rng, n, i, o, share=0.5, directed=False):
    """Draw all arguments; no sum is near the kink, and some node has sums on both sides of it."""
    while True:
        H, W = rng.normal(size=(n, i)), rng.normal(size=(i, o))
        a_self, a_other = rng.normal(size=(2, o))
        A = draw_graph(rng, n, share)
        if directed:
            A[rng.random((n, n)) < 0.4] = 0.0
            if (A == A.T).all():
                continue
        sums = sums_of(H, W, a_self, a_other)
        seen = (A + np.eye(n)) != 0
        mixed = (seen & (sums < -0.2)).any(axis=1) & (seen & (sums > 0.2)).any(axis=1)
        if np.abs(sums).min() > 0.02 and (n < 3 or mixed.any()):
            return H, A, W, a_self, a_other


# forward


def test_the_example(solution):
    """In the example of the lesson, node 1 gives nodes 0, 1 and 2 the weights 0.42, 0.23, 0.35."""
    right(solution.gat_layer(*EXAMPLE), exact(*EXAMPLE))


@points(4)
def test_weights(solution, rng):
    """The weights are the softmax of the scores of a node and its neighbours, row by row."""
    for n, i, o in SIZES:
        arguments = draw(rng, n, i, o)
        alpha = several(solution.gat_layer(*arguments), 2)[1]
        expected = exact(*arguments)[1]
        assert_close(alpha, expected, **CLOSE)
        if np.any(alpha[expected == 0] != 0):
            raise CheckFailed("the weight of a node without an edge must be 0", rung="value")


@points(3)
def test_output(solution, rng):
    """The output of a node is the sum of the rows of H @ W, each times its weight."""
    for n, i, o in SIZES:
        arguments = draw(rng, n, i, o)
        got = several(solution.gat_layer(*arguments), 2)[0]
        assert_close(got, exact(*arguments)[0], **CLOSE)


@points(2)
def test_vectors_of_zeros(solution, rng):
    """If a_self and a_other are 0, each node takes the plain mean of itself and its neighbours."""
    for n, i, o in SIZES[:2]:
        H, A, W, *_ = draw(rng, n, i, o)
        arguments = H, A, W, np.zeros(o), np.zeros(o)
        right(solution.gat_layer(*arguments), exact(*arguments))


@points(3)
def test_nodes_without_neighbours(solution, rng):
    """A node without neighbours gives itself the weight 1, and nothing is nan."""
    for n, i, o in SIZES:
        H, A, W, a_self, a_other = draw(rng, n, i, o)
        alone = int(rng.integers(n))
        A[alone] = A[:, alone] = 0.0
        right(solution.gat_layer(H, A, W, a_self, a_other), exact(H, A, W, a_self, a_other))


@points(3)
def test_directed_graphs(solution, rng):
    """Row i of A says at whom node i looks, also if A is not symmetric."""
    for n, i, o in SIZES[:3]:
        arguments = draw(rng, n, i, o, share=0.7, directed=True)
        right(solution.gat_layer(*arguments), exact(*arguments))


@points(2)
def test_entries_of_the_graph(solution, rng):
    """Each entry of A that is not 0 is an edge, whatever its value; the diagonal does not count."""
    for n, i, o in SIZES[:3]:
        H, A, W, a_self, a_other = draw(rng, n, i, o)
        expected = exact(H, A, W, a_self, a_other)
        weighted = A * rng.uniform(0.2, 3.0, (n, n)) * rng.choice([-1.0, 1.0], (n, n))
        np.fill_diagonal(weighted, rng.choice([0.0, 1.0, 2.5], n))
        for graph in (weighted, A.astype(bool), 2 * A.astype(int)):
            right(solution.gat_layer(H, graph, W, a_self, a_other), expected)


@points(3)
def test_slopes(solution, rng):
    """Negative sums are multiplied by slope, which is 0.2 if it is not given."""
    for n, i, o in SIZES[:3]:
        arguments = draw(rng, n, i, o)
        for slope in (0.2, float(rng.uniform(0.3, 0.9)), 0.01, 0.0, 1.0):
            got = solution.gat_layer(*arguments, slope=slope)
            right(got, exact(*arguments, slope))
        right(solution.gat_layer(*arguments), exact(*arguments))


@points(2)
def test_large_scores(solution, rng):
    """Scores of 10 000 and of -10 000 are no problem."""
    for n, i, o in SIZES[:2]:
        H, A, W, a_self, a_other = draw(rng, n, i, o)
        for own, other in ((3000.0, 3000.0), (-3000.0, 1.0)):
            arguments = H, A, W, own * a_self, other * a_other
            close = {"rtol": 1e-7, "atol": 1e-9}
            right(solution.gat_layer(*arguments), exact(*arguments), close)


@points(2)
def test_the_karate_club(solution, rng):
    """Weights and output are right on the karate club, in which nodes have 1 to 17 neighbours."""
    A, _ = karate_club()
    for i, o in ((3, 2), (2, 4)):
        order = rng.permutation(len(A))
        graph = A[order][:, order]
        arguments = (rng.normal(size=(34, i)), graph, *draw(rng, 2, i, o)[2:])
        right(solution.gat_layer(*arguments), exact(*arguments))


@points(2)
def test_types(solution, rng):
    """float32 gives float32, in outputs and gradients; integers are converted to float64."""
    for n, i, o in SIZES[:2]:
        H, A, W, a_self, a_other = draw(rng, n, i, o)
        single = [array.astype(np.float32) for array in (H, W, a_self, a_other)]
        arguments = single[0], A, *single[1:]
        expected = [array.astype(np.float32) for array in exact(*arguments)]
        right(solution.gat_layer(*arguments), expected, {"rtol": 1e-4, "atol": 1e-5})
        dout = rng.normal(size=(n, o)).astype(np.float32)
        for gradient in several(solution.gat_backward(dout, *arguments), 4):
            if not isinstance(gradient, np.ndarray) or gradient.dtype != np.float32:
                raise CheckFailed("the gradients should be float32 arrays", rung="dtype")
        integers = [rng.integers(-100, 100, array.shape).astype(np.int8) for array in (H, W)]
        vectors = rng.integers(-3, 4, (2, o))
        whole = integers[0], A.astype(int), integers[1], *vectors
        expected = exact(*(np.asarray(array, float) for array in whole))
        right(solution.gat_layer(*whole), expected, {"rtol": 1e-7, "atol": 1e-9})


# backward


def passed_back(solution, rng, place, directed=False):
    """Return pairs of a gradient and the measured one, for several sizes."""
    for n, i, o in SIZES[1:]:
        arguments = list(draw(rng, n, i, o, share=0.7, directed=directed and n > 1))
        dout, slope = rng.normal(size=(n, o)), float(rng.uniform(0.15, 0.6))
        at = NAMES.index(place)

        def loss(value, arguments=arguments, dout=dout, slope=slope, at=at):
            changed = [*arguments[:at], value, *arguments[at + 1 :]]
            return float((exact(*changed, slope)[0] * dout).sum())

        got = several(solution.gat_backward(dout, *arguments, slope), 4)
        yield (
            got[("H", "W", "a_self", "a_other").index(place)],
            central_difference(loss, arguments[at]),
        )


@points(2)
def test_gradient_of_a_self(solution, rng):
    """The gradient of a_self is the measured one."""
    for got, measured in passed_back(solution, rng, "a_self"):
        assert_close(got, measured, **MEASURED)


@points(2)
def test_gradient_of_a_other(solution, rng):
    """The gradient of a_other is the measured one."""
    for got, measured in passed_back(solution, rng, "a_other"):
        assert_close(got, measured, **MEASURED)


@points(3)
def test_gradient_of_the_weights(solution, rng):
    """The gradient of W is the measured one: W is in the sums and in the scores."""
    for got, measured in passed_back(solution, rng, "W"):
        assert_close(got, measured, **MEASURED)


@points(3)
def test_gradient_of_the_features(solution, rng):
    """The gradient of H is the measured one, also if A is not symmetric."""
    for directed in (False, True):
        for got, measured in passed_back(solution, rng, "H", directed):
            assert_close(got, measured, **MEASURED)


@points(2)
def test_gradients_with_the_default_slope(solution, rng):
    """Without a slope, gat_backward uses 0.2, as gat_layer does."""
    for n, i, o in SIZES[:2]:
        arguments = draw(rng, n, i, o)
        dout = rng.normal(size=(n, o))

        def loss(value, rest=arguments, dout=dout):
            return float((exact(*rest[:4], value)[0] * dout).sum())

        got = several(solution.gat_backward(dout, *arguments), 4)[3]
        assert_close(got, central_difference(loss, arguments[4]), **MEASURED)


# arguments


def test_refuses_other_shapes(solution, rng):
    """Both functions raise a ValueError if a shape does not fit, and broadcast nothing."""
    H, A, W, a_self, a_other = draw(rng, 4, 3, 2)
    right(solution.gat_layer(H, A, W, a_self, a_other), exact(H, A, W, a_self, a_other))
    for wrong in (
        (H[0], A, W, a_self, a_other), (H[:3], A, W, a_self, a_other),
        (H[:, :2], A, W, a_self, a_other), (H[np.newaxis], A, W, a_self, a_other),
        (H, A[:3], W, a_self, a_other), (H, A[:1], W, a_self, a_other),
        (H, A[:, :1], W, a_self, a_other), (H, A[0], W, a_self, a_other),
        (H, A[np.newaxis], W, a_self, a_other), (H, np.float64(1.0), W, a_self, a_other),
        (H, A, W[:2], a_self, a_other), (H, A, W[:, 0], a_self, a_other),
        (H, A, W, a_self[:1], a_other), (H, A, W, a_self, a_other[:1]),
        (H, A, W, a_self[:, np.newaxis], a_other), (H, A, W, a_self, a_other[:, np.newaxis]),
        (H, A, W, a_self[0], a_other), (H, A, W, np.ones(3), np.ones(3)),
    ):  # fmt: skip
        with raises(ValueError):
            solution.gat_layer(*wrong)
        with raises(ValueError):
            solution.gat_backward(np.ones((4, 2)), *wrong)
    H, A, W, a_self, a_other = draw(rng, 4, 4, 4)
    right(solution.gat_layer(H, A, W, a_self, a_other), exact(H, A, W, a_self, a_other))
    for wrong in (H[0], np.stack([H] * 4), W[np.newaxis] * np.ones((4, 1, 1))):
        with raises(ValueError):
            solution.gat_layer(wrong, A, W, a_self, a_other)
        with raises(ValueError):
            solution.gat_layer(H, A, wrong, a_self, a_other)


def test_refuses_an_upstream_gradient_of_another_shape(solution, rng):
    """gat_backward raises a ValueError if dout is not (n, O)."""
    for o in (2, 4):
        arguments = draw(rng, 4, 3, o)
        right(solution.gat_layer(*arguments), exact(*arguments))
        dout = rng.normal(size=(4, o))
        for wrong in (
            dout[:1], dout[0], dout[:, :1], np.ones((4, 3)), np.ones((5, o)), np.float64(1.0),
            dout[np.newaxis],
        ):  # fmt: skip
            with raises(ValueError):
                solution.gat_backward(wrong, *arguments)


def test_leaves_its_arguments_alone(solution, rng):
    """No argument changes in either function, and a second call gives the same."""
    for n, i, o in SIZES[:2]:
        arguments, dout = draw(rng, n, i, o), rng.normal(size=(n, o))
        before, d_before = [array.copy() for array in arguments], dout.copy()
        for _ in range(2):
            right(solution.gat_layer(*arguments), exact(*before))
            several(solution.gat_backward(dout, *arguments), 4)
            for name, now, array in zip(NAMES, arguments, before, strict=True):
                assert_unchanged(now, array, name)
            assert_unchanged(dout, d_before, "the upstream gradient")

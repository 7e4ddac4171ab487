"""Affine maps, compared with exact fractions."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from refnn.forward.affine import affine, collapse_linear, count_params

Floats = NDArray[np.floating[Any]]


def exact(x: list[list[int]], W: list[list[int]], b: list[int]) -> list[list[float]]:
    """Compute x @ W + b with fractions."""
    return [
        [
            float(sum((Fraction(v) * W[i][j] for i, v in enumerate(row)), Fraction(b[j])))
            for j in range(len(b))
        ]
        for row in x
    ]


def draw_layers(*sizes: int) -> list[tuple[Floats, Floats]]:
    rng = np.random.default_rng(3)
    return [(rng.normal(size=(i, o)), rng.normal(size=o)) for i, o in pairwise(sizes)]


def run(layers: list[tuple[Floats, Floats]], x: Floats) -> Floats:
    for W, b in layers:
        x = np.stack([(row[:, np.newaxis] * W).sum(axis=0) + b for row in x])
    return x


def test_the_numbers_of_the_lesson() -> None:
    W, b = [[1, 2, 3], [4, 5, 6]], [10, 20, 30]
    assert affine([1, 2], W, b).tolist() == [19, 32, 45]
    weights, bias = collapse_linear([([[2]], [3]), ([[5]], [7])])
    assert (weights.tolist(), bias.tolist()) == ([[10.0]], [22.0])
    hidden = np.maximum(affine([-2.0], [[2.0]], [3.0]), 0.0)
    assert affine(hidden, [[5.0]], [7.0]).tolist() == [7.0]
    assert affine([-2.0], weights, bias).tolist() == [2.0]
    two = np.array([[1, 2], [3, 4]])
    assert affine(two, two, [0, 0]).tolist() == [[7, 10], [15, 22]]
    assert count_params([64, 32, 10]) == 2410


@pytest.mark.parametrize(("n", "i", "o"), [(5, 3, 2), (1, 4, 6), (4, 4, 4), (3, 1, 2)])
def test_integers_are_exact(n: int, i: int, o: int) -> None:
    rng = np.random.default_rng(n)
    x, W, b = (rng.integers(-99, 99, shape) for shape in ((n, i), (i, o), (o,)))
    got = affine(x, W, b)
    assert got.dtype == np.float64
    assert got.tolist() == exact(x.tolist(), W.tolist(), b.tolist())


@pytest.mark.parametrize("sizes", [(3, 2), (2, 4, 3), (3, 5, 4, 2, 6, 1)])
def test_the_collapsed_layer_computes_the_same(sizes: tuple[int, ...]) -> None:
    layers = draw_layers(*sizes)
    x = np.random.default_rng(5).normal(size=(7, sizes[0]))
    W, b = collapse_linear(layers)
    np.testing.assert_allclose(affine(x, W, b), run(layers, x), rtol=1e-12, atol=1e-12)
    assert not np.shares_memory(W, layers[0][0])
    assert not np.shares_memory(b, layers[0][1])


def test_dtypes_and_empty_batches() -> None:
    W, b = draw_layers(3, 2)[0]
    assert affine(np.empty((0, 3)), W, b).shape == (0, 2)
    small = (W.astype(np.float32), b.astype(np.float32))
    assert affine(np.ones((1, 3), np.float32), *small).dtype == np.float32
    assert [part.dtype for part in collapse_linear([small])] == [np.float32, np.float32]


@pytest.mark.parametrize("b", [0.0, [1.0], [[1.0], [1.0]], [[1.0, 1.0]], [1.0, 1.0, 1.0]])
def test_a_bias_of_another_shape_is_refused(b: Any) -> None:
    with pytest.raises(ValueError, match=r"must|matmul"):
        affine(np.ones((2, 3)), np.ones((3, 2)), b)
    with pytest.raises(ValueError, match=r"must|matmul"):
        collapse_linear([(np.ones((3, 2)), b)])


def test_other_shapes_are_refused() -> None:
    for x, W in ((np.ones((2, 4)), np.ones((3, 2))), (np.ones((2, 3)), np.ones(3))):
        with pytest.raises(ValueError, match=r"must|matmul"):
            affine(x, W, np.ones(2))
    with pytest.raises(ValueError, match=r"must|matmul"):
        collapse_linear([])
    with pytest.raises(ValueError, match=r"must|matmul"):
        collapse_linear([(np.ones((3, 2)), np.ones(2)), (np.ones((3, 2)), np.ones(2))])

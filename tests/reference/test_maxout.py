"""Maxout against fractions, sums written out, and central differences."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnkata.testing import assert_gradient
from refnn.activations.maxout import maxout_backward, maxout_forward

Batch = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


@pytest.fixture(autouse=True)
def _nothing_overflows() -> Iterator[None]:
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


def drawn(samples: int, inputs: int, pieces: int, units: int, seed: int = 0) -> Batch:
    """Return x, W and b of eighths: exact in floats, and seldom equal."""
    rng = np.random.default_rng(seed)
    shapes = (samples, inputs), (pieces, inputs, units), (pieces, units)
    x, W, b = (rng.integers(-40, 40, shape) / 8 for shape in shapes)
    return x, W, b


def exact_pieces(x: Any, W: Any, b: Any, n: int, m: int) -> list[Fraction]:
    """Return all pieces of one unit for one sample, in fractions."""
    return [
        sum((Fraction(v) * Fraction(w) for v, w in zip(x[n], W[k, :, m], strict=True)),
            Fraction(b[k, m]))
        for k in range(len(W))
    ]  # fmt: skip


def test_the_numbers_of_the_lesson() -> None:
    x, W, b = [[-3.0], [2.0]], [[[1.0]], [[-1.0]]], [[0.0], [0.0]]
    out, argmax = maxout_forward(x, W, b)
    assert out.tolist() == [[3.0], [2.0]]
    assert argmax.tolist() == [[1], [0]]
    dx, dW, db = maxout_backward([[2.0]], [[-3.0]], W, [[1]])
    assert dx.tolist() == [[-2.0]]
    assert dW.tolist() == [[[0.0]], [[-6.0]]]
    assert db.tolist() == [[0.0], [2.0]]


@pytest.mark.parametrize("sizes", [(7, 3, 4, 2), (1, 4, 3, 5), (5, 2, 1, 3), (3, 3, 3, 3)])
def test_values_agree_with_fractions(sizes: tuple[int, int, int, int]) -> None:
    x, W, b = drawn(*sizes)
    out, argmax = maxout_forward(x, W, b)
    assert argmax.dtype.kind == "i"
    for n, m in np.ndindex(out.shape):
        pieces = exact_pieces(x, W, b, n, m)
        assert out[n, m] == float(max(pieces))
        assert pieces[argmax[n, m]] == max(pieces)


@pytest.mark.parametrize("sizes", [(7, 3, 4, 2), (1, 4, 3, 5), (5, 2, 1, 3), (3, 3, 3, 3)])
def test_gradients_agree_with_fractions(sizes: tuple[int, int, int, int]) -> None:
    x, W, b = drawn(*sizes)
    argmax = maxout_forward(x, W, b)[1]
    dout = np.random.default_rng(1).integers(-8, 8, argmax.shape) / 4
    dx, dW, db = maxout_backward(dout, x, W, argmax)
    for (n, d), got in np.ndenumerate(dx):
        units = range(sizes[3])
        assert got == sum(Fraction(dout[n, m]) * Fraction(W[argmax[n, m], d, m]) for m in units)
    for (k, d, m), got in np.ndenumerate(dW):
        won = [n for n in range(sizes[0]) if argmax[n, m] == k]
        assert got == sum(Fraction(dout[n, m]) * Fraction(x[n, d]) for n in won)
        assert db[k, m] == sum(Fraction(dout[n, m]) for n in won)


@pytest.mark.parametrize("sizes", [(7, 3, 4, 2), (1, 4, 3, 5)])
def test_gradients_agree_with_central_differences(sizes: tuple[int, int, int, int]) -> None:
    x, W, b = drawn(*sizes, seed=5)
    out, argmax = maxout_forward(x, W, b)
    upstream = np.random.default_rng(2).normal(size=out.shape)
    dx, dW, db = maxout_backward(upstream, x, W, argmax)
    assert_gradient(dx, lambda x: float((upstream * maxout_forward(x, W, b)[0]).sum()), x)
    assert_gradient(dW, lambda W: float((upstream * maxout_forward(x, W, b)[0]).sum()), W)
    assert_gradient(db, lambda b: float((upstream * maxout_forward(x, W, b)[0]).sum()), b)


def test_a_piece_of_zeros_makes_relu() -> None:
    x, W, b = drawn(6, 3, 2, 4)
    W[0], b[0] = 0.0, 0.0
    np.testing.assert_array_equal(maxout_forward(x, W, b)[0], np.maximum(x @ W[1] + b[1], 0))


def test_out_is_convex() -> None:
    x, W, b = drawn(40, 3, 4, 2)
    other = drawn(40, 3, 4, 2, seed=9)[0]
    middle, one, two = (maxout_forward(a, W, b)[0] for a in ((x + other) / 2, x, other))
    assert (middle <= (one + two) / 2).all()


def test_no_samples() -> None:
    _, W, b = drawn(1, 3, 4, 2)
    out, argmax = maxout_forward(np.empty((0, 3)), W, b)
    assert out.shape == argmax.shape == (0, 2)
    dx, dW, db = maxout_backward(out, np.empty((0, 3)), W, argmax)
    assert dx.shape == (0, 3)
    np.testing.assert_array_equal(dW, np.zeros((4, 3, 2)))
    np.testing.assert_array_equal(db, np.zeros((4, 2)))


@pytest.mark.parametrize(
    ("given", "returned"), [(np.float32, np.float32), (float, float), (int, float), (bool, float)]
)
@pytest.mark.parametrize("pieces", [1, 2])
def test_dtypes_and_fresh_results(given: Any, returned: Any, pieces: int) -> None:
    x, W, b = (np.ones(s, given) for s in ((4, 3), (pieces, 3, 2), (pieces, 2)))
    out, argmax = maxout_forward(x, W, b)
    dout = np.ones((4, 2), given)
    results = [out, *maxout_backward(dout, x, W, argmax)]
    assert {result.dtype for result in results} == {np.dtype(returned)}
    arguments = [x, W, b, dout, argmax]
    assert not any(np.shares_memory(r, a) for r in results for a in arguments)
    assert all((a == 1).all() for a in (x, W, b, dout))


@pytest.mark.parametrize(
    "shapes",
    [
        ((3,), (4, 3, 2), (4, 2)),
        ((5, 3), (3, 2), (4, 2)),
        ((5, 1), (4, 3, 2), (4, 2)),
        ((5, 3), (4, 1, 2), (4, 2)),
        ((5, 3), (4, 3, 2), (2,)),
        ((5, 3), (4, 3, 2), (4, 1)),
        ((5, 3), (1, 3, 2), (4, 2)),
    ],
)
def test_forward_refuses_other_shapes(shapes: Any) -> None:
    with pytest.raises(ValueError, match="must be"):
        maxout_forward(*(np.ones(shape) for shape in shapes))


@pytest.mark.parametrize("dout", [(2,), (5, 1), (1, 2), (5, 2)])
@pytest.mark.parametrize("argmax", [(2,), (5, 1), (1, 2), (5, 2)])
def test_backward_refuses_other_shapes(dout: Any, argmax: Any) -> None:
    arrays = np.ones(dout), np.ones((5, 3)), np.ones((4, 3, 2)), np.zeros(argmax, int)
    if dout == argmax == (5, 2):
        assert maxout_backward(*arrays)[0].shape == (5, 3)
        return
    with pytest.raises(ValueError, match="must be"):
        maxout_backward(*arrays)

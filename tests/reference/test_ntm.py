"""The addressing of a neural Turing machine, compared with scipy, and numbers of the lesson."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.linalg import circulant
from scipy.ndimage import convolve1d
from scipy.spatial.distance import cdist
from scipy.special import entr, log_softmax
from scipy.special import softmax as scipy_softmax

from refnn.memory.ntm import address, content_weights, interpolate, read, sharpen, shift, write

Floats = NDArray[np.floating[Any]]
LESSON = np.array([[3.0, 0.0], [0.0, 2.0], [4.0, 4.0]])


def draw(seed: int, *shape: int) -> Floats:
    return np.random.default_rng(seed).normal(size=shape)


def draw_weights(seed: int, rows: int) -> Floats:
    weights = np.random.default_rng(seed).uniform(0.05, 1.0, rows)
    result: Floats = weights / weights.sum()
    return result


@pytest.mark.parametrize(("rows", "columns"), [(1, 3), (4, 1), (5, 3), (30, 20)])
@pytest.mark.parametrize("beta", [0.0, 0.5, 10.0, 1000.0])
def test_content_weights_are_a_softmax_of_cosine_distances(
    rows: int, columns: int, beta: float
) -> None:
    M, key = draw(rows, rows, columns), draw(columns, columns)
    cosines = 1 - cdist(M, key[np.newaxis], "cosine")[:, 0]
    expected = scipy_softmax(beta * cosines)
    np.testing.assert_allclose(content_weights(M, key, beta), expected, rtol=1e-9, atol=1e-13)
    for of_rows, of_key in ((1e-100, 1e-100), (1e100, 1e100), (3, 1e-50)):
        scaled = content_weights(of_rows * M, of_key * key, beta)
        np.testing.assert_allclose(scaled, expected, rtol=1e-9, atol=1e-13)


@pytest.mark.parametrize("rows", [1, 2, 3, 8])
def test_shift_is_a_circular_convolution(rows: int) -> None:
    w, s = draw_weights(rows, rows), draw_weights(9, 3)
    got = shift(w, s)
    np.testing.assert_allclose(got, convolve1d(w, s, mode="wrap"), rtol=1e-12)
    if rows > 2:
        column = np.zeros(rows)
        column[[-1, 0, 1]] = s
        np.testing.assert_allclose(got, circulant(column) @ w, rtol=1e-12)


@pytest.mark.parametrize("gamma", [1.0, 2.0, 3.7, 900.0, 1e5])
def test_sharpen_with_logarithms(gamma: float) -> None:
    w = draw_weights(5, 7)
    expected = np.exp(log_softmax(gamma * np.log(w)))
    np.testing.assert_allclose(sharpen(w, gamma), expected, rtol=1e-8, atol=1e-300)


def test_address_is_made_of_the_four_stages() -> None:
    M, key, before, s = draw(1, 6, 4), draw(2, 4), draw_weights(3, 6), draw_weights(4, 3)
    content = scipy_softmax(3 * (1 - cdist(M, key[np.newaxis], "cosine")[:, 0]))
    moved = convolve1d(0.6 * content + 0.4 * before, s, mode="wrap")
    np.testing.assert_allclose(
        address(M, before, key, 3.0, 0.6, s, 2.0), moved**2 / (moved**2).sum(), rtol=1e-10
    )


def test_read_and_write_are_linear_in_the_memory() -> None:
    M, w, erase, add = draw(1, 5, 3), draw_weights(2, 5), draw(3, 3), draw(4, 3)
    np.testing.assert_allclose(read(M, w), np.average(M, axis=0, weights=w), rtol=1e-12)
    kept = np.einsum("rc,rc->rc", M, np.ones((5, 3)) - w[:, None] * erase)
    expected = kept + np.kron(w[:, None], add)
    np.testing.assert_allclose(write(M, w, erase, add), expected, rtol=1e-12)
    np.testing.assert_allclose(write(M, np.eye(5)[2], np.ones(3), add)[2], add, rtol=1e-15)


def test_the_worked_example() -> None:
    content = content_weights(LESSON, [1, 0], 2)
    assert content.round(3).tolist() == [0.591, 0.08, 0.329]
    moved = shift(content, [0, 0, 1])
    assert moved.round(3).tolist() == [0.329, 0.591, 0.08]
    w = sharpen(moved, 2)
    assert w.round(3).tolist() == [0.233, 0.753, 0.014]
    assert read(LESSON, w).round(3).tolist() == [0.755, 1.561]
    np.testing.assert_allclose(w, address(LESSON, [1, 0, 0], [1, 0], 2, 1, [0, 0, 1], 2))


def test_the_misconceptions() -> None:
    products = LESSON @ [1.0, 0.0]
    assert products.tolist() == [3, 0, 4]
    assert scipy_softmax(2 * products)[2] == pytest.approx(0.88, abs=0.005)
    assert pytest.approx(0.5) == 1e-4 * 1e-4 / (1e-4 * 1e-4 + 1e-8)
    dull = sharp = np.eye(5)[0]
    for _ in range(20):
        dull = shift(dull, [0.1, 0.8, 0.1])
        sharp = sharpen(shift(sharp, [0.1, 0.8, 0.1]), 3)
    assert dull.round(2).tolist() == [0.22, 0.21, 0.18, 0.18, 0.21]
    assert entr(dull).sum() == pytest.approx(1.607, abs=0.0005)
    assert sharp[0] == pytest.approx(0.996, abs=0.0005)
    assert 0.4**1000 == 0
    assert pytest.approx(9e-302, rel=0.05) == 0.5**1000


def test_zeros_and_dtypes() -> None:
    assert content_weights(np.zeros((3, 2)), [1, 2], 5).tolist() == [1 / 3] * 3
    assert content_weights(LESSON, [0, 0], 5).tolist() == [1 / 3] * 3
    for dtype in (np.float32, np.float64, np.int8):
        one, rows = np.ones(3, dtype), np.ones((3, 3), dtype)
        results = [
            content_weights(rows, one, 2.0),
            interpolate(one, one, 0.5),
            shift(one, one),
            sharpen(one, 1.5),
            address(rows, one, one, 2.0, 0.5, one, 1.5),
            read(rows, one),
            write(rows, one, one, one),
        ]
        expected = np.float32 if dtype is np.float32 else np.float64
        assert {result.dtype for result in results} == {np.dtype(expected)}
    hundred = np.array([[100]], np.int8)
    assert write(hundred, [1], [0], hundred[0]).tolist() == [[200.0]]


def test_what_is_refused() -> None:
    w, s, c = np.ones(3), np.ones(3), np.ones(2)
    calls: list[Callable[[], Any]] = [
        lambda: content_weights(LESSON, w, 1.0),
        lambda: content_weights(w, w, 1.0),
        lambda: interpolate(w, c, 0.5),
        lambda: interpolate(LESSON, LESSON, 0.5),
        lambda: shift(w, c),
        lambda: shift(LESSON, s),
        lambda: sharpen(LESSON, 2.0),
        lambda: read(LESSON, c),
        lambda: write(LESSON, w, w, c),
        lambda: write(LESSON, w, c, w),
        lambda: write(LESSON, c, c, c),
    ]
    for call in calls:
        with pytest.raises(ValueError, match="got the shape"):
            call()
    for call in (
        lambda: content_weights(LESSON, c, -1.0),
        lambda: interpolate(w, w, 1.5),
        lambda: interpolate(w, w, -0.5),
        lambda: sharpen(w, 0.5),
    ):
        with pytest.raises(ValueError, match="must be"):
            call()

"""SGD and clipping, compared with scipy's linear filters, closed forms and exact sums."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import lfilter

from refnn.optim.sgd import SGD, clip_grad_norm

Floats = NDArray[np.floating[Any]]
SHAPES: list[tuple[int, ...]] = [(), (3,), (2, 3), (2, 3), (0, 2)]


def test_the_numbers_of_the_lesson() -> None:
    optimizer, p = SGD(0.1, momentum=0.9), np.array([1.0])
    got = []
    for g in (1.0, 1.0, 0.0):
        optimizer.step([p], [np.array([g])])
        got.append(p.item())
    assert got == pytest.approx([0.9, 0.71, 0.539])
    averaged, v = 1.0, 0.0
    for g in (1.0, 1.0, 0.0):
        v = 0.9 * v + 0.1 * g
        averaged -= 0.1 * v
    assert averaged == pytest.approx(0.954, abs=5e-4)
    grads = [np.array([3.0]), np.array([4.0])]
    assert clip_grad_norm(grads, 1.0) == 5.0
    assert np.concatenate(grads).tolist() == pytest.approx([0.6, 0.8])


@pytest.mark.parametrize("nesterov", [False, True])
@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_the_path_is_a_linear_filter_of_the_gradients(momentum: float, nesterov: bool) -> None:
    """The velocity is the filter 1 / (1 - μ z), and the array is its running sum."""
    rng = np.random.default_rng(0)
    start = [rng.normal(size=shape) for shape in SHAPES]
    gradients = [[rng.normal(size=shape) for shape in SHAPES] for _ in range(12)]
    params = [np.array(p) for p in start]
    optimizer = SGD(0.05, momentum, nesterov=nesterov)
    numerator = [1 + momentum, -momentum] if nesterov else [1.0]
    for t, grads in enumerate(gradients, 1):
        optimizer.step(params, [np.asarray(g) for g in grads])
        for i, p in enumerate(params):
            history = np.array([g[i] for g in gradients[:t]])
            moves = lfilter(numerator, [1.0, -momentum], history, axis=0)
            np.testing.assert_allclose(p, start[i] - 0.05 * moves.sum(axis=0), atol=1e-12)


def test_weight_decay_has_a_closed_form_without_gradients() -> None:
    """With gradients of 0, p follows p'' = (1 + μ - lr λ) p' - μ p: the roots give every step."""
    lr, momentum, decay = 0.1, 0.5, 2.0
    p = np.array([1.0])
    optimizer = SGD(lr, momentum, decay)
    roots: Any = np.roots([1.0, -(1 + momentum - lr * decay), momentum]).astype(complex)
    one = (1 - lr * decay - roots[1]) / (roots[0] - roots[1])
    weights = np.array([one, 1 - one])
    for t in range(1, 20):
        optimizer.step([p], [np.zeros(1)])
        assert p.item() == pytest.approx((weights @ roots**t).real, abs=1e-12)


@pytest.mark.parametrize(
    ("lr", "momentum", "steps"), [(2 / 101, 0.0, 922), ((2 / 11) ** 2, (9 / 11) ** 2, 119)]
)
def test_steps_through_the_valley(lr: float, momentum: float, steps: int) -> None:
    """Count the steps until both coordinates are below 1e-8, and keep them there."""
    p, optimizer, distances = np.array([1.0, 1.0]), SGD(lr, momentum), [1.0]
    for _ in range(1000):
        optimizer.step([p], [np.array([1.0, 100.0]) * p])
        distances.append(float(np.abs(p).max()))
    assert next(t for t, far in enumerate(distances) if far < 1e-8) == steps
    assert max(distances[steps:]) < 1e-8


def test_gradient_arrays_may_be_used_again_and_are_not_changed() -> None:
    p, q = np.ones(2), np.ones(2)
    one, other = SGD(0.1, 0.9, 0.1), SGD(0.1, 0.9, 0.1)
    buffer = np.empty(2)
    for g in ([1.0, 2.0], [-3.0, 0.5], [0.0, 1.0]):
        buffer[:] = g
        one.step([p], [buffer])
        other.step([q], [np.array(g)])
        assert buffer.tolist() == g
    assert p.tolist() == q.tolist()


def test_arrays_are_changed_in_place_and_keep_their_dtype() -> None:
    matrix = np.ones((3, 4), np.float32)
    SGD(0.5, 0.9, 0.1, True).step([matrix[:, 1], matrix[:2, 2:].T], [np.ones(3), np.ones((2, 2))])
    assert matrix.dtype == np.float32
    assert (matrix == 1).tolist() == [[True, False, False, False]] * 2 + [[True, False, True, True]]
    SGD(0.1).step([], [])


def test_what_is_refused() -> None:
    for options in ((-0.1,), (0.1, -0.1), (0.1, 1.0), (0.1, 0.0, -1.0), (math.nan,)):
        with pytest.raises(ValueError, match="must"):
            SGD(*options)
    params = [np.ones(2), np.ones((3, 1))]
    one = np.ones(2)
    cases: list[list[Floats]] = [[], [one], [one, np.ones(3)], [one, np.ones((1, 1))]]
    for grads in cases:
        with pytest.raises(ValueError, match="shape"):
            SGD(0.1).step(params, grads)
    assert all((p == 1).all() for p in params)
    for wrong in (0.0, -1.0, math.nan):
        with pytest.raises(ValueError, match="max_norm"):
            clip_grad_norm(params, wrong)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("scale", [1e-30, 1.0, 1e30])
def test_clipping_by_exact_sums(scale: float, dtype: type) -> None:
    rng = np.random.default_rng(1)
    grads: list[Floats] = [np.asarray(scale * rng.normal(size=s), dtype) for s in SHAPES]
    squares = sum(Fraction(x) ** 2 for g in grads for x in g.ravel().tolist())
    norm = math.sqrt(squares)
    before = [g.copy() for g in grads]
    assert clip_grad_norm(grads, 1.01 * norm) == pytest.approx(norm, rel=1e-12, abs=0.0)
    assert all(np.array_equal(g, old) for g, old in zip(grads, before, strict=True))
    assert clip_grad_norm(grads, 0.25 * norm) == pytest.approx(norm, rel=1e-12, abs=0.0)
    for g, old in zip(grads, before, strict=True):
        assert g.dtype == dtype
        np.testing.assert_allclose(g, old / 4, rtol=1e-6)


def test_clipping_of_huge_gradients_and_of_none() -> None:
    grads = [np.array([3e200]), np.array([[4e200]])]
    assert clip_grad_norm(grads, 2.0) == pytest.approx(5e200)
    assert grads[0].item() == pytest.approx(1.2)
    assert clip_grad_norm([], 1.0) == 0.0
    assert clip_grad_norm([np.zeros((0, 2)), np.zeros(3)], 1.0) == 0.0

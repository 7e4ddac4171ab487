"""The surface of a loss, compared with mpmath, scipy and scikit-learn, and the lesson's numbers."""

from typing import Any

import mpmath
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage, optimize, special
from sklearn.metrics import log_loss, mean_squared_error

from refnn.init.loss_surface import (
    logit_gradients,
    net_1_1_1,
    nonconvex_witness,
    strict_local_minima,
    surface,
)

Array = NDArray[Any]


def squared(w1: Any, w2: Any) -> Array:
    return np.asarray((net_1_1_1(w1, w2, 1.0) - 1) ** 2)


def entropy(w1: Any, w2: Any) -> Array:
    return np.asarray(np.logaddexp(0, -np.multiply(w2, special.expit(w1))))


def two_units(w1: Any, w2: Any) -> Array:
    data = [(x, np.tanh(2 * x) + np.tanh(0.5 * x)) for x in (0.3, 0.8, 1.5)]
    return np.asarray(sum((np.tanh(w1 * x) + np.tanh(w2 * x) - y) ** 2 for x, y in data))


def bowl(w1: Any, w2: Any) -> Array:
    return np.asarray(w1**2 + w2**2 - 100)


def test_the_net_in_high_precision() -> None:
    rng = np.random.default_rng(0)
    w1, w2, x = rng.normal(size=(3, 20)) * 3

    def logistic(z: Any) -> Any:
        return 1 / (1 + mpmath.exp(-z))

    right = [
        float(logistic(b * logistic(a * mpmath.mpf(c)))) for a, b, c in zip(w1, w2, x, strict=True)
    ]
    np.testing.assert_allclose(net_1_1_1(w1, w2, x), right, rtol=1e-13)


@pytest.mark.parametrize("target", [0.0, 0.3, 1.0])
def test_the_slopes_by_complex_steps(target: float) -> None:
    z = np.linspace(-6, 6, 13)
    p = 1 / (1 + np.exp(-(z + 1e-30j)))
    y = np.full(13, target)
    loss = -y * np.log(p) - (1 - y) * np.log(1 - p)
    got = logit_gradients(z, y)
    np.testing.assert_allclose(got[0], ((p - y) ** 2).imag / 1e-30, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(got[1], loss.imag / 1e-30, rtol=1e-9, atol=1e-15)


def test_the_slopes_of_sklearn_losses() -> None:
    z, y, h = 0.7, 1, 1e-5
    up, down = special.expit([z + h, z - h])
    for got, loss in zip(
        logit_gradients([z], [y]),
        ((mean_squared_error, {}), (log_loss, {"labels": [0, 1]})),
        strict=True,
    ):
        rise = loss[0]([y], [up], **loss[1]) - loss[0]([y], [down], **loss[1])
        assert got[0] == pytest.approx(rise / (2 * h), rel=1e-6)


def test_every_place_of_a_surface() -> None:
    w1, w2 = np.array([1, 2, 4]), np.linspace(-1, 1, 4)
    got = surface(squared, w1, w2)
    assert got.shape == (4, 3)
    for (i, j), height in np.ndenumerate(got):
        assert height == pytest.approx(float(squared(float(w1[j]), w2[i])), rel=1e-14)


@pytest.mark.parametrize("shape", [(3, 3), (9, 12), (30, 4), (2, 5), (0, 4)])
def test_minima_like_a_filter(shape: tuple[int, int]) -> None:
    Z = np.random.default_rng(1).integers(0, 12, shape)
    around = np.ones((3, 3), bool)
    around[1, 1] = False
    lowest = np.zeros(shape, bool)
    if min(shape) > 2:
        filtered = ndimage.minimum_filter(Z, footprint=around)
        lowest[1:-1, 1:-1] = (filtered > Z)[1:-1, 1:-1]
    assert strict_local_minima(Z) == [(int(i), int(j)) for i, j in np.argwhere(lowest)]


@pytest.mark.parametrize("loss", [squared, entropy, two_units])
def test_a_witness_is_above_its_chord(loss: Any) -> None:
    found = nonconvex_witness(loss, np.random.default_rng(2))
    assert found is not None
    a, b, gap = found
    assert gap > 1e-3
    assert gap == pytest.approx(float(loss(*((a + b) / 2)) - (loss(*a) + loss(*b)) / 2))


def test_a_bowl_has_none() -> None:
    assert nonconvex_witness(bowl, np.random.default_rng(3)) is None


@pytest.mark.parametrize("loss", [squared, entropy])
def test_one_hidden_unit_has_no_minimum(loss: Any) -> None:
    w = np.linspace(-10, 10, 201)
    assert strict_local_minima(surface(loss, w, w)) == []
    found = optimize.minimize(lambda v: float(loss(*v)), [0.1, -0.2], method="BFGS")
    assert found.x[1] > 2
    assert float(loss(*(2 * found.x))) < found.fun


def test_the_numbers_of_the_lesson() -> None:
    plane = surface(lambda w1, w2: w1 + 10 * w2, [1, 2], [3, 4])
    np.testing.assert_array_equal(plane, [[31, 32], [41, 42]])
    Z = [[5, 6, 5, 5, 7], [4, 1, 5, 3, 6], [5, 4, 5, 3, 8], [0, 6, 5, 6, 7]]
    assert strict_local_minima(Z) == [(1, 1)]
    ends, middle = squared(np.array([-8, 8]), np.array([-8, -8])), squared(0, -8)
    assert ends.tolist() == pytest.approx([0.2507, 0.9993], abs=5e-5)
    assert float(middle) == pytest.approx(0.9644, abs=5e-5)
    assert float(middle - ends.mean()) == pytest.approx(0.3394, abs=5e-5)
    near, far = logit_gradients([-2, -10], [1, 1])
    assert special.expit(-2) == pytest.approx(0.1192, abs=5e-5)
    assert near.tolist() == pytest.approx([-0.1850, -0.00009], abs=5e-5)
    assert far.tolist() == pytest.approx([-0.8808, -0.99995], abs=5e-5)
    assert -1 / special.expit(-10) == pytest.approx(-22_000, rel=2e-3)
    assert two_units(2, 0.5) == two_units(0.5, 2) == 0
    assert two_units(1.25, 1.25) == pytest.approx(0.127, abs=5e-4)


@pytest.mark.parametrize(("loss", "share"), [(squared, 0.40), (entropy, 0.32)])
def test_how_many_pairs_are_witnesses(loss: Any, share: float) -> None:
    a, b = np.random.default_rng(4).uniform(-8, 8, (2, 100_000, 2))
    gaps = loss(*((a + b) / 2).T) - (loss(*a.T) + loss(*b.T)) / 2
    assert (gaps > 1e-3).mean() == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize(
    "call",
    [
        lambda: surface(bowl, [[1.0]], [1.0]),
        lambda: surface(bowl, [1.0], np.float64(1.0)),
        lambda: strict_local_minima([1, 2, 3]),
        lambda: strict_local_minima(np.zeros((2, 2, 2))),
        lambda: logit_gradients([1.0], [[1.0]]),
        lambda: logit_gradients(1.0, 1.0),
    ],
)
def test_what_does_not_fit(call: Any) -> None:
    with pytest.raises(ValueError, match="must"):
        call()

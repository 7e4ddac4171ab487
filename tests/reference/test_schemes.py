"""The initial weights have the variance, the shape and the distribution that they promise."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from refnn.init.schemes import he_normal, he_uniform, lecun_normal, xavier_normal, xavier_uniform

Scheme = Callable[[int, int, np.random.Generator], NDArray[np.float64]]
VARIANCE: dict[Scheme, Callable[[int, int], float]] = {
    lecun_normal: lambda a, _: 1 / a,
    xavier_normal: lambda a, b: 2 / (a + b),
    xavier_uniform: lambda a, b: 2 / (a + b),
    he_normal: lambda a, _: 2 / a,
    he_uniform: lambda a, _: 2 / a,
}
schemes = pytest.mark.parametrize("scheme", VARIANCE)


@schemes
@pytest.mark.parametrize(("fan_in", "fan_out"), [(512, 256), (256, 512)])
def test_mean_and_spread_are_as_promised(scheme: Scheme, fan_in: int, fan_out: int) -> None:
    W = scheme(fan_in, fan_out, np.random.default_rng(0))
    std = math.sqrt(VARIANCE[scheme](fan_in, fan_out))
    assert W.std() == pytest.approx(std, rel=0.01)
    assert abs(W.mean()) < 5 * std / math.sqrt(W.size)


@schemes
def test_the_shape_is_fan_in_by_fan_out_in_float64(scheme: Scheme) -> None:
    W = scheme(3, 5, np.random.default_rng(0))
    assert W.shape == (3, 5)
    assert W.dtype == np.float64
    assert scheme(1, 1, np.random.default_rng(0)).shape == (1, 1)


@schemes
def test_only_the_given_rng_decides(scheme: Scheme) -> None:
    rng = np.random.default_rng(7)
    first, second = scheme(4, 6, rng), scheme(4, 6, rng)
    assert (first != second).all()
    np.testing.assert_array_equal(first, scheme(4, 6, np.random.default_rng(7)))


@schemes
def test_the_kurtosis_tells_normal_from_uniform(scheme: Scheme) -> None:
    W = scheme(512, 256, np.random.default_rng(1))
    kurtosis = (W**4).mean() / W.var() ** 2
    assert kurtosis == pytest.approx(3.0 if "normal" in scheme.__name__ else 1.8, abs=0.1)


@pytest.mark.parametrize("scheme", [xavier_uniform, he_uniform])
def test_the_bounds_are_reached_and_kept(scheme: Scheme) -> None:
    W = scheme(300, 200, np.random.default_rng(2))
    limit = math.sqrt(3 * VARIANCE[scheme](300, 200))
    assert 0.99 * limit < abs(W).max() <= limit


def test_twenty_relu_layers_keep_a_he_signal_and_lose_a_lecun_one() -> None:
    rng = np.random.default_rng(3)
    for scheme, low, high in ((he_normal, 0.1, 10.0), (lecun_normal, 0.0, 1e-4)):
        h = rng.normal(size=(64, 256))
        for _ in range(20):
            h = np.maximum(h @ scheme(256, 256, rng), 0.0)
        assert low < (h**2).mean() < high

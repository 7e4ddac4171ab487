"""Networks built by hand, compared with scipy's sigmoid and with the functions they follow."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit

from refnn.approximation.bump import bump_network, run_network, step_neuron, tower

Floats = NDArray[np.float64]


def nielsen(x: float) -> float:
    return 0.2 + 0.4 * x * x + 0.3 * x * math.sin(15 * x) + 0.05 * math.cos(50 * x)


def largest_error(n: int, sharpness: float) -> float:
    x = np.linspace(0, 1, 4001)
    right = np.array([nielsen(v) for v in x])
    return float(np.abs(run_network(bump_network(nielsen, 0, 1, n, sharpness), x) - right).max())


def test_the_worked_example() -> None:
    W1, b1, W2, b2 = bump_network(lambda x: x * x, 0, 2, 4, 100)
    assert W1.tolist() == [[100, 100, 100]]
    assert b1.tolist() == [-50, -100, -150]
    assert W2.tolist() == [[0.5], [1], [1.5]]
    assert b2.tolist() == [0.0625]
    got = run_network((W1, b1, W2, b2), [0.25, 1.75, 0.5])
    assert got == pytest.approx([0.0625, 3.0625, 0.3125])
    assert 0.0625 + 0.5625 + 1.5625 + 3.0625 == 5.25


def test_a_step() -> None:
    weight, bias = step_neuron(0.4, 100)
    assert (weight, bias) == (100, -40)
    assert expit(weight * 0.4 + bias) == 0.5
    assert expit(weight * 0.41 + bias) == pytest.approx(0.73, abs=0.005)
    assert 1 - expit(20) < 1e-8


def test_a_network_like_one_of_scipy() -> None:
    rng = np.random.default_rng(0)
    for n, h in ((7, 3), (1, 4), (0, 2)):
        W1, b1, W2, b2 = rng.normal(size=(1, h)), rng.normal(size=h), rng.normal(size=(h, 1)), 0.3
        x = rng.normal(size=n)
        expected = [b2 + sum(expit(v * W1[0] + b1) * W2[:, 0]) for v in x]
        got = run_network((W1, b1, W2, np.array([b2])), x)
        assert got.dtype == np.float64
        np.testing.assert_allclose(got, np.array(expected).reshape(n), rtol=1e-12)


def test_the_errors() -> None:
    assert largest_error(10, 1e6) == pytest.approx(0.246, abs=0.001)
    assert largest_error(100, 1e6) == pytest.approx(0.035, abs=0.002)
    assert largest_error(100, 2000) == pytest.approx(0.021, abs=0.001)
    assert largest_error(1000, 1e6) < 0.004


def test_what_no_network_can_do() -> None:
    def jump(x: float) -> float:
        return float(x >= 1 / 3)

    x = np.linspace(0, 1, 20001)
    for n in (10, 1000):
        error = np.abs(run_network(bump_network(jump, 0, 1, n, 1e7), x) - (x >= 1 / 3))
        assert error.max() > 0.99
    outside = run_network(bump_network(nielsen, 0, 1, 100, 1e4), [1.5])
    assert outside == pytest.approx([0.85], abs=0.001)
    assert nielsen(1.5) == pytest.approx(0.93, abs=0.005)


def test_the_tower() -> None:
    points: list[list[float]] = [[0.5, 0.5], [0.5, 2], [2, 0.5], [2, 2], [0, 0.5], [0.5, 1]]
    got = tower(points, (0, 1, 0, 1), 100)
    assert got == pytest.approx([1, 0, 0, 0, 0.5, 0.5], abs=1e-9)
    steps = expit(100 * (np.array([0.5, 0.5, 2, 2]) - [0, 1, 0, 1]))
    assert steps @ [1, -1, 1, -1] == pytest.approx(1)
    assert tower(np.empty((0, 2)), (0, 1, 0, 1), 100).shape == (0,)


def test_nothing_overflows() -> None:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        network = bump_network(nielsen, 0, 1, 10, 1e6)
        assert np.isfinite(run_network(network, [-1000, 1000])).all()
        assert tower([[1000, -1000]], (0, 1, 0, 1), 1e6).tolist() == [0]


def test_what_is_refused() -> None:
    for a, b, sharpness in ((1, 0, 10), (0, 0, 10), (0, 1, 0), (0, 1, -1)):
        with pytest.raises(ValueError, match="must be"):
            bump_network(nielsen, a, b, 4, sharpness)
    with pytest.raises(ValueError, match="x must"):
        run_network(bump_network(nielsen, 0, 1, 4, 10), [[1.0]])
    for shape in ((2,), (2, 3), (1, 2, 2)):
        with pytest.raises(ValueError, match=r"x must|matmul"):
            tower(np.ones(shape), (0, 1, 0, 1), 10)
    for box in ((1, 0, 0, 1), (0, 1, 1, 1)):
        with pytest.raises(ValueError, match="range"):
            tower([[0, 0]], box, 10)

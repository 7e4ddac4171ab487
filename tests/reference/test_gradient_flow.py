"""Sizes of gradients in deep networks, compared with complex steps and with scipy."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import scipy.linalg
from numpy.typing import NDArray
from scipy.special import erf

from refnn.init.gradient_flow import jacobian_norm, layer_stats

Floats = NDArray[np.floating[Any]]
Jacobian = Callable[[Callable[[Any], Any], Floats], Floats]

FORMULAS: dict[str, Callable[[Any], Any]] = {
    "linear": lambda x: 1.0 * x,
    "relu": lambda x: np.where(x.real > 0, x, 0.0),
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softplus": lambda x: np.log(1 + np.exp(x)),
    "gelu": lambda x: x * (1 + erf(x / np.sqrt(2.0))) / 2,
}


def network(n: int, sizes: tuple[int, ...], gain: float = 1.5, seed: int = 0) -> Any:
    rng = np.random.default_rng(seed)
    Ws = [rng.normal(0, gain / i**0.5, (i, o)) for i, o in pairwise(sizes)]
    return Ws, rng.normal(size=(n, sizes[0])), rng.normal(size=(n, sizes[-1]))


def outputs(Ws: Any, act: str, x: Any) -> Any:
    for W in Ws:
        x = FORMULAS[act](x @ W)
    return x


@pytest.mark.parametrize("act", FORMULAS)
@pytest.mark.parametrize(("n", "sizes"), [(5, (3, 6, 4, 2)), (1, (2, 5)), (4, (3, 1, 3))])
def test_the_numbers_are_those_of_the_formulas(
    act: str, n: int, sizes: tuple[int, ...], complex_jacobian: Jacobian
) -> None:
    Ws, X, cotangent = network(n, sizes)
    got = layer_stats(Ws, act, X, cotangent)
    f = FORMULAS[act]
    h = X
    for layer, W in enumerate(Ws):
        later, z = Ws[layer + 1 :], h @ W

        def loss(shift: Any, z: Any = z, later: Any = later) -> Any:
            return np.sum(outputs(later, act, f(z + shift)) * cotangent)

        def loss_of(V: Any, h: Any = h, later: Any = later) -> Any:
            return np.sum(outputs(later, act, f(h @ V)) * cotangent)

        # δ is the gradient with respect to a number that is added to z.
        delta, gradient = complex_jacobian(loss, np.zeros_like(z)), complex_jacobian(loss_of, W)
        h = f(z)
        found = [got[name][layer] for name in ("act_std", "delta_norm", "dW_norm")]
        expected = [np.std(h), scipy.linalg.norm(delta), scipy.linalg.norm(gradient)]
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-14)
    J = complex_jacobian(lambda x: outputs(Ws, act, x), X[0])
    assert jacobian_norm(Ws, act, X[0]) == pytest.approx(scipy.linalg.svdvals(J)[0], rel=1e-9)


def test_the_worked_example() -> None:
    got = layer_stats([[[2]], [[0.5]]], "linear", [[1], [3]], [[1], [-1]])
    assert got["act_std"].tolist() == [2, 1]
    assert got["delta_norm"] == pytest.approx([0.5**0.5, 2**0.5])
    assert got["dW_norm"].tolist() == [1, 4]
    assert jacobian_norm([[[2]], [[0.5]]], "linear", [1]) == 1
    assert jacobian_norm([np.diag([10, 0.1]), np.diag([0.1, 10])], "linear", [1, 2]) == 1
    assert np.isclose(0.25**30, 9e-19, rtol=0.05, atol=0)


@pytest.mark.parametrize("seed", range(3))
def test_slopes_alone_give_the_opposite_verdict(seed: int) -> None:
    for gain in (0.5, 2.0):
        Ws, X, _ = network(32, (64,) * 31, gain, seed)
        h, product = X[0], np.ones(64)
        for W in Ws:
            h = np.tanh(h @ W)
            product *= 1 - h**2
        norm = jacobian_norm(Ws, "tanh", X[0])
        if gain == 0.5:
            assert product.mean() == pytest.approx(0.8, abs=0.05)
            assert norm < 1e-8
        else:
            assert product.max() < 1e-9
            assert 290 < norm < 1100


@pytest.mark.parametrize("seed", range(3))
def test_equal_gradients_may_all_be_tiny(seed: int) -> None:
    Ws, X, cotangent = network(32, (64,) * 31, 0.08, seed)
    dW = layer_stats(Ws, "relu", X, cotangent)["dW_norm"]
    assert 0.75 < dW[0] / dW[-1] < 1.55
    assert 1e-35 < dW[0] < 1e-33


def test_what_is_refused() -> None:
    Ws, X, cotangent = network(4, (3, 5, 2))
    cases: Any = (
        ([], X, X),
        (Ws[::-1], X, cotangent),
        (Ws, X[:, :2], cotangent),
        (Ws, X[:0], cotangent[:0]),
        (Ws, X, cotangent[:1]),
        (Ws, X[0], cotangent[0]),
    )
    for case in cases:
        with pytest.raises(ValueError, match=r"."):
            layer_stats(case[0], "tanh", *case[1:])
    with pytest.raises(ValueError, match="name"):
        layer_stats(Ws, "softmax", X, cotangent)
    for weights, x in (([], X[0]), (Ws[::-1], X[0]), (Ws, X), (Ws, X[0, :2])):
        with pytest.raises(ValueError, match=r"."):
            jacobian_norm(weights, "tanh", x)

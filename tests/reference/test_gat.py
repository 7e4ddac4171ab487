"""Graph attention, compared with mpmath, with complex steps and with its own claims."""

from collections.abc import Callable
from functools import partial
from typing import Any

import mpmath
import numpy as np
import pytest
from numpy.typing import NDArray

from refnn.graph.data import karate_club
from refnn.graph.gat import gat_backward, gat_layer

Floats = NDArray[np.floating[Any]]
Jacobian = Callable[[Callable[[Any], Any], Floats], Floats]
PATH = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
EXAMPLE = (np.array([[1.0, 0], [0, 1], [1, 1]]), PATH, np.eye(2), [1.0, -2.0], [2.0, -1.0])


def drawn(n: int, i: int, o: int, seed: int = 0) -> list[Floats]:
    rng = np.random.default_rng(seed)
    A = (rng.random((n, n)) < 0.5).astype(float)
    return [rng.normal(size=(n, i)), A, rng.normal(size=(i, o)), *rng.normal(size=(2, o))]


def softmax_of(scores: list[float]) -> list[float]:
    powers = [mpmath.exp(score) for score in scores]
    return [float(power / mpmath.fsum(powers)) for power in powers]


def test_the_numbers_of_the_lesson() -> None:
    out, alpha = gat_layer(*EXAMPLE)
    assert alpha.round(3)[:2].tolist() == [[0.953, 0.047, 0], [0.422, 0.232, 0.346]]
    assert out.round(3)[1].tolist() == [0.768, 0.578]
    assert softmax_of([3, 0, 0])[2] == pytest.approx(0.045, abs=5e-4)
    assert 1 - softmax_of([3, 0, 2])[2] == pytest.approx(0.7405, abs=5e-5)
    assert softmax_of([0, -3, -1])[0] == pytest.approx(0.705, abs=5e-4)
    H, A, W, a_self, a_other = EXAMPLE
    assert gat_layer(H, A, W, a_other, a_self)[1][1, 2].round(3) == 0.302
    linear, without = (gat_layer(H, A, W, own, a_other, 1.0)[1] for own in (a_self, [0.0, 0.0]))
    np.testing.assert_allclose(linear, without, atol=1e-12)


@pytest.mark.parametrize(("n", "i", "o"), [(5, 3, 2), (1, 2, 3), (4, 4, 4)])
@pytest.mark.parametrize("spread", [1.0, 100.0])
def test_the_weights_are_those_of_mpmath(n: int, i: int, o: int, spread: float) -> None:
    H, A, W, a_self, a_other = drawn(n, i, o)
    a_self, a_other = spread * a_self, spread * a_other
    out, alpha = gat_layer(H, A, W, a_self, a_other, 0.3)
    P = H @ W
    for node in range(n):
        seen = [j for j in range(n) if j == node or A[node, j]]
        sums = [float(P[node] @ a_self + P[j] @ a_other) for j in seen]
        expected = np.zeros(n)
        expected[seen] = softmax_of([z if z > 0 else 0.3 * z for z in sums])
        np.testing.assert_allclose(alpha[node], expected, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(out, alpha @ P)


@pytest.mark.parametrize(("n", "i", "o"), [(5, 3, 2), (1, 2, 3), (4, 4, 4)])
def test_gradients_are_those_of_complex_steps(
    n: int, i: int, o: int, complex_jacobian: Jacobian
) -> None:
    arguments = drawn(n, i, o, seed=3)
    dout = np.random.default_rng(4).normal(size=(n, o))

    def loss(left: list[Any], right: list[Any], v: Any) -> Any:
        values: list[Any] = [*left, v, *right]
        H, A, W, a_self, a_other = values
        P = H @ W
        z = (P @ a_self)[:, np.newaxis] + P @ a_other
        powers = np.exp(np.where(z.real > 0, z, 0.4 * z)) * ((A + np.eye(n)) != 0)
        return np.array((powers / powers.sum(axis=1, keepdims=True) @ P * dout).sum())

    H, A, W, a_self, a_other = arguments
    got = gat_backward(dout, H, A, W, a_self, a_other, 0.4)
    for gradient, at in zip(got, (0, 2, 3, 4), strict=True):
        left, right = arguments[:at], arguments[at + 1 :]
        expected = complex_jacobian(partial(loss, left, right), arguments[at])
        np.testing.assert_allclose(gradient, expected, rtol=1e-8, atol=1e-12)


def test_all_members_rank_the_others_alike() -> None:
    _, _, W, a_self, a_other = drawn(34, 4, 3)
    H = np.random.default_rng(5).normal(size=(34, 4))
    alpha = gat_layer(H, np.ones((34, 34)), W, a_self, a_other)[1]
    orders = np.argsort(alpha, axis=1)
    assert (orders == orders[0]).all()


def test_the_order_of_the_nodes_does_not_matter() -> None:
    A, _ = karate_club()
    rng = np.random.default_rng(1)
    order, H = rng.permutation(34), rng.normal(size=(34, 4))
    _, _, W, a_self, a_other = drawn(34, 4, 3)
    out, alpha = gat_layer(H, A, W, a_self, a_other)
    again = gat_layer(H[order], A[order][:, order], W, a_self, a_other)
    np.testing.assert_allclose(again[0], out[order], atol=1e-12)
    np.testing.assert_allclose(again[1], alpha[order][:, order], atol=1e-12)
    np.testing.assert_array_equal(alpha != 0, (A + np.eye(34)) != 0)


def test_types_are_kept() -> None:
    H, A, W, a_self, a_other = drawn(4, 3, 2)
    H, W, a_self, a_other = (array.astype(np.float32) for array in (H, W, a_self, a_other))
    results = gat_layer(H, A, W, a_self, a_other)
    gradients = gat_backward(np.ones((4, 2), np.float32), H, A, W, a_self, a_other)
    assert {array.dtype for array in (*results, *gradients)} == {np.dtype(np.float32)}
    H8 = np.full((2, 2), 100, np.int8)
    out, _ = gat_layer(H8, np.zeros((2, 2)), H8, [0, 0], [0, 0])
    assert out.tolist() == [[20000, 20000], [20000, 20000]]


def test_what_is_refused() -> None:
    H, A, W, a_self, a_other = drawn(4, 3, 2)
    for wrong in (
        (H[0], A, W, a_self, a_other),
        (H, A[:3], W, a_self, a_other),
        (H, A, W[:2], a_self, a_other),
        (H, A, W, a_self[:1], a_other),
        (H, A, W, a_self, a_other[:, np.newaxis]),
    ):
        with pytest.raises(ValueError, match=r"must be|matmul"):
            gat_layer(*wrong)
        with pytest.raises(ValueError, match=r"must be|matmul"):
            gat_backward(np.ones((4, 2)), *wrong)
    with pytest.raises(ValueError, match="dout"):
        gat_backward(np.ones((1, 2)), H, A, W, a_self, a_other)

"""The graph convolution, compared with networkx, with complex steps and with its own claims."""

from collections.abc import Callable
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pytest
from numpy.typing import NDArray

from refnn.digits.data import load_digits
from refnn.graph.data import karate_club, neighbour_graph
from refnn.graph.gcn import GCNLayer, normalize_adjacency
from refnn.losses.softmax_cross_entropy import softmax_cross_entropy_grad

Floats = NDArray[np.floating[Any]]
Jacobian = Callable[[Callable[[Any], Any], Floats], Floats]
PATH = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])


def layers(units_in: int, classes: int, seed: int) -> list[GCNLayer]:
    rng = np.random.default_rng(seed)
    return [GCNLayer(units_in, 16, rng), GCNLayer(16, classes, rng, relu=False)]


def share_right(
    X: Floats, graph: Floats, y: NDArray[np.int64], known: list[int], seed: int, steps: int = 100
) -> float:
    """Train two layers on the known nodes, and return the share of the others that is right."""
    first, second = layers(X.shape[1], int(y.max()) + 1, seed)
    for _ in range(steps):
        scores = second.forward(first.forward(X, graph, True), graph, True)
        dout = np.zeros_like(scores)
        dout[known] = softmax_cross_entropy_grad(scores[known], y[known])
        for layer in (first, second):
            layer.zero_grad()
        first.backward(second.backward(dout))
        for layer in (first, second):
            for name, array in layer.params.items():
                array -= 0.5 * layer.grads[name]
    right = second.forward(first.forward(X, graph), graph).argmax(axis=1) == y
    return float(np.delete(right, known).mean())


def test_the_numbers_of_the_lesson() -> None:
    S = normalize_adjacency(PATH)
    root = 1 / np.sqrt(6)
    np.testing.assert_allclose(S, [[0.5, root, 0], [root, 1 / 3, root], [0, root, 0.5]])
    once = S @ [6.0, 0.0, 0.0]
    assert once.round(3).tolist() == [3, 2.449, 0]
    assert (S @ once).round(3).tolist() == [2.5, 2.041, 1]
    assert S.sum(axis=1)[1].round(2) == 1.15
    degrees = PATH.sum(axis=1)
    bare = PATH / np.sqrt(degrees[:, np.newaxis] * degrees)
    assert (bare @ [6.0, 0.0, 0.0]).round(3).tolist() == [0, 4.243, 0]
    eigenvalues = np.linalg.eigvalsh(normalize_adjacency(karate_club()[0]))
    assert eigenvalues[-2].round(3) == 0.896
    assert (eigenvalues[-2] ** 16).round(2) == 0.17
    assert (eigenvalues[-2] ** 64).round(4) == 0.0009


def test_the_karate_club_is_learned_from_two_members() -> None:
    A, faction = karate_club()
    S, X = normalize_adjacency(A), np.eye(34)
    shares = [share_right(X, S, faction, [0, 33], seed) for seed in range(12)]
    alone = [share_right(X, X, faction, [0, 33], seed) for seed in range(12)]
    assert 30 / 32 < np.mean(shares) < 31.5 / 32
    assert 0.35 < np.mean(alone) < 0.65


def test_digits_with_few_labels_are_read_better_with_their_neighbours() -> None:
    images, labels = load_digits()
    X, y = images[:150], labels[:150]
    S = normalize_adjacency(neighbour_graph(X))
    gains = []
    for seed in range(4):
        rng = np.random.default_rng(seed)
        known = [int(i) for c in range(10) for i in rng.permutation(np.flatnonzero(y == c))[:3]]
        with_edges = share_right(X, S, y, known, seed, 40)
        gains.append(with_edges - share_right(X, np.eye(len(X)), y, known, seed, 40))
    assert np.mean(gains) > 0.02


@pytest.mark.parametrize("n", [1, 2, 5, 9])
def test_the_normalized_matrix_is_one_minus_the_laplacian_of_networkx(n: int) -> None:
    rng = np.random.default_rng(n)
    upper = np.triu(rng.uniform(0.5, 2, (n, n)) * (rng.random((n, n)) < 0.6), 1)
    A = upper + upper.T
    theirs = nx.from_numpy_array(A + np.eye(n))
    # networkx counts a loop twice in degrees, but not in this Laplacian.
    laplacian = nx.normalized_laplacian_matrix(theirs).toarray()
    got = normalize_adjacency(A)
    np.testing.assert_allclose(got, np.eye(n) - laplacian, atol=1e-12)
    assert np.linalg.eigvalsh(got).max() == pytest.approx(1.0, abs=1e-12)


def test_the_order_of_the_nodes_does_not_matter() -> None:
    A, _ = karate_club()
    rng = np.random.default_rng(1)
    order, H = rng.permutation(34), rng.normal(size=(34, 3))
    layer = GCNLayer(3, 4, rng)
    out = layer.forward(H, normalize_adjacency(A))
    again = layer.forward(H[order], normalize_adjacency(A[order][:, order]))
    np.testing.assert_allclose(again, out[order], atol=1e-12)


@pytest.mark.parametrize("relu", [True, False])
@pytest.mark.parametrize(("n", "i", "o"), [(7, 5, 3), (1, 5, 3), (4, 4, 4)])
def test_gradients_are_those_of_complex_steps(
    n: int, i: int, o: int, relu: bool, complex_jacobian: Jacobian
) -> None:
    rng = np.random.default_rng(2)
    layer, A_hat = GCNLayer(i, o, rng, relu), rng.normal(size=(n, n))
    H, dout = rng.normal(size=(n, i)), rng.normal(size=(n, o))
    layer.params["b"][...] = b = rng.normal(size=o)
    W = layer.params["W"]

    def loss(H: Any, W: Any, b: Any) -> Any:
        z = A_hat @ H @ W + b
        return np.array(((z * (z.real > 0) if relu else z) * dout).sum())

    np.testing.assert_allclose(layer.forward(H, A_hat, True).sum(), np.sum(layer.forward(H, A_hat)))
    layer.forward(2 * H, A_hat)
    d_H = layer.backward(dout)
    for got, expected in (
        (d_H, complex_jacobian(lambda v: loss(v, W, b), H)),
        (layer.grads["W"], complex_jacobian(lambda v: loss(H, v, b), W)),
        (layer.grads["b"], complex_jacobian(lambda v: loss(H, W, v), b)),
    ):
        np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-12)
    layer.backward(dout)
    np.testing.assert_allclose(layer.grads["b"], 2 * complex_jacobian(lambda v: loss(H, W, v), b))
    held = layer.grads["W"]
    layer.zero_grad()
    assert not held.any()


def test_types_are_kept() -> None:
    assert normalize_adjacency(PATH.astype(np.float32)).dtype == np.float32
    for dtype in (np.int8, np.bool_):
        np.testing.assert_array_equal(
            normalize_adjacency(PATH.astype(dtype)), normalize_adjacency(PATH)
        )
    assert normalize_adjacency(np.zeros((0, 0))).shape == (0, 0)
    layer = GCNLayer(2, 3, np.random.default_rng(0))
    assert layer.forward(np.zeros((0, 2)), np.zeros((0, 0))).shape == (0, 3)


def test_what_is_refused() -> None:
    wrong = [PATH[:2], PATH[0], PATH + np.eye(3), -PATH, np.triu(PATH)]
    for A in wrong:
        with pytest.raises(ValueError, match="A must"):
            normalize_adjacency(A)
    layer = GCNLayer(2, 3, np.random.default_rng(0))
    with pytest.raises(RuntimeError):
        layer.backward(np.ones((3, 3)))
    for H, A_hat in ((np.ones(3), PATH), (np.ones((2, 2)), PATH), (np.ones((3, 2)), PATH[:1])):
        with pytest.raises(ValueError, match=r"H must|x must"):
            layer.forward(H, A_hat)
    layer.forward(np.ones((3, 2)), PATH, training=True)
    with pytest.raises(ValueError, match="dout"):
        layer.backward(np.ones((1, 3)))
    assert not layer.grads["b"].any()

"""Message passing, compared with networkx, with scipy's sparse matrices and with other katas."""

from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import coo_array

from refnn.graph.data import karate_club
from refnn.graph.gcn import GCNLayer, normalize_adjacency
from refnn.graph.mpnn import message_passing, readout

Floats = NDArray[np.floating[Any]]
EXAMPLE = np.array([[1.0], [20.0], [5.0]]), np.array([[0, 2], [1, 2]])


def send(s: Floats, r: Floats) -> Floats:
    return s


def take(h: Floats, g: Floats) -> Floats:
    return g


def add(h: Floats, g: Floats) -> Floats:
    total: Floats = h + g
    return total


@pytest.mark.parametrize(("how", "gathered"), [("sum", 21.0), ("mean", 10.5), ("max", 20.0)])
def test_the_numbers_of_the_lesson(how: str, gathered: float) -> None:
    h, edges = EXAMPLE
    assert message_passing(h, edges, send, take, how).ravel().tolist() == [0, 0, gathered]
    assert message_passing(h, edges, send, add, how).ravel().tolist() == [1, 20, 5 + gathered]
    total = np.zeros(3)
    total[[2, 2]] += [1.0, 20.0]
    assert total.tolist() == [0, 0, 20]


def test_a_sum_counts_and_a_mean_does_not() -> None:
    edges = [[0, 5], [1, 5], [2, 6], [3, 6], [4, 6]]
    for how, two, three in (("sum", 2, 3), ("mean", 1, 1), ("max", 1, 1)):
        got = message_passing(np.ones((7, 1)), edges, send, take, how)
        assert got[5:].ravel().tolist() == [two, three]


def test_two_triangles_and_a_hexagon_are_alike() -> None:
    totals = []
    for graph in (nx.disjoint_union(nx.cycle_graph(3), nx.cycle_graph(3)), nx.cycle_graph(6)):
        edges = np.array(list(graph.to_directed().edges()))
        states = message_passing(
            np.full((6, 2), 0.3), edges, lambda s, r: np.sin(s) * r, lambda h, g: np.tanh(h + g),
            steps=4,
        )  # fmt: skip
        totals.append(readout(states))
    np.testing.assert_array_equal(totals[0], totals[1])


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 5])
def test_news_spread_as_far_as_networkx_says(steps: int) -> None:
    A, _ = karate_club()
    h = np.zeros((34, 1))
    h[16] = 1.0
    got = message_passing(h, np.argwhere(A), send, np.maximum, "max", steps)
    reached = nx.single_source_shortest_path_length(nx.karate_club_graph(), 16, cutoff=steps)
    assert set(np.flatnonzero(got).tolist()) == set(reached)


def test_sums_are_products_with_a_sparse_matrix() -> None:
    rng = np.random.default_rng(2)
    for n, d, e in ((5, 2, 9), (8, 3, 30), (4, 1, 0)):
        edges, h = rng.integers(0, n, (e, 2)), rng.normal(size=(n, d))
        arrives = coo_array((np.ones(e), (edges[:, 1], edges[:, 0])), shape=(n, n))
        np.testing.assert_allclose(message_passing(h, edges, send, take), arrives @ h, atol=1e-12)
        order = rng.permutation(e)
        np.testing.assert_allclose(
            message_passing(h, edges[order], send, add, "mean", 2),
            message_passing(h, edges, send, add, "mean", 2),
            atol=1e-12,
        )


def test_graph_convolution_is_message_passing() -> None:
    A, _ = karate_club()
    rng = np.random.default_rng(3)
    layer, H = GCNLayer(4, 3, rng), rng.normal(size=(34, 4))
    with_loops = A + np.eye(34)
    root = 1 / np.sqrt(with_loops.sum(axis=1, keepdims=True))
    got = message_passing(
        np.hstack([H, root]),
        np.argwhere(with_loops),
        lambda s, r: s[:, :-1] * s[:, -1:] * r[:, -1:],
        lambda _, g: np.maximum(g @ layer.params["W"], 0.0),
    )
    np.testing.assert_allclose(got, layer.forward(H, normalize_adjacency(A)), atol=1e-12)


def test_types_and_arguments() -> None:
    h, edges = EXAMPLE
    for how in ("sum", "mean", "max"):
        assert message_passing(h.astype(np.float32), edges, send, add, how).dtype == np.float32
        assert message_passing(h.astype(np.int8), edges, send, add, how).dtype == np.float64
        assert readout(np.zeros((0, 2)), how).tolist() == [0, 0]
        assert readout(h, how) == getattr(h, how)()
    before = h.copy()
    message_passing(h, edges, lambda s, _: np.multiply(s, 2, out=s), lambda h, g: np.add(h, g, h))
    np.testing.assert_array_equal(h, before)
    copy = message_passing(h, edges, send, add, steps=0)
    assert not np.shares_memory(copy, h)
    np.testing.assert_array_equal(copy, h)


def test_what_is_refused() -> None:
    h, edges = EXAMPLE
    for wrong in ([[0, 3]], [[-1, 0]], [[0.0, 1.0]], [0, 1], [[0, 1, 2]]):
        with pytest.raises(ValueError, match="edges"):
            message_passing(h, wrong, send, add)
    with pytest.raises(ValueError, match="aggregate"):
        message_passing(h, edges, send, add, "median")
    with pytest.raises(ValueError, match="steps"):
        message_passing(h, edges, send, add, steps=-1)
    for state in (h[0], h[None]):
        with pytest.raises(ValueError, match="h must"):
            message_passing(state, edges, send, add)
        with pytest.raises(ValueError, match="h must"):
            readout(state)
    with pytest.raises(ValueError, match="how"):
        readout(h, "median")
    with pytest.raises(ValueError, match="2 rows"):
        message_passing(h, edges, lambda s, _: s[:1], add)
    with pytest.raises(ValueError, match="3 rows"):
        message_passing(h, edges, send, lambda h, _: h[:, 0])

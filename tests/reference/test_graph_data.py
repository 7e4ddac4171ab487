"""The two given graphs, compared with networkx and scikit-learn."""

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pytest
from sklearn.neighbors import kneighbors_graph

from refnn.digits.data import load_digits
from refnn.graph.data import karate_club, neighbour_graph


def test_the_karate_club_is_that_of_networkx() -> None:
    A, faction = karate_club()
    theirs = nx.karate_club_graph()
    assert set(map(tuple, np.argwhere(np.triu(A)).tolist())) == set(theirs.edges())
    assert theirs.number_of_edges() == A.sum() / 2 == 78
    assert np.isin(A, (0, 1)).all()
    assert (A == A.T).all()
    clubs = [theirs.nodes[member]["club"] == "Officer" for member in range(34)]
    assert faction.tolist() == clubs
    A[0, 1] = faction[0] = 7
    assert karate_club()[0][0, 1] == 1
    assert karate_club()[1][0] == 0


@pytest.mark.parametrize("k", [1, 4, 8])
def test_the_neighbour_graph_is_that_of_scikit_learn(k: int) -> None:
    X = load_digits()[0][:150]
    theirs = kneighbors_graph(X, k).toarray()
    A = neighbour_graph(X, k)
    np.testing.assert_array_equal(A, np.maximum(theirs, theirs.T))
    assert not A.diagonal().any()
    assert (A.sum(axis=1) >= k).all()

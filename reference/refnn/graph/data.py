"""Two graphs to compute on: the karate club, and samples that are linked to similar samples.

A graph of n nodes is stored as an adjacency matrix (n, n): 1 where an edge links two nodes, and 0
elsewhere.

This module is given: you do not have to write it.
"""

import numpy as np
from numpy.typing import NDArray

_FRIENDS = {
    0: (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31),
    1: (2, 3, 7, 13, 17, 19, 21, 30),
    2: (3, 7, 8, 9, 13, 27, 28, 32),
    3: (7, 12, 13),
    4: (6, 10),
    5: (6, 10, 16),
    6: (16,),
    8: (30, 32, 33),
    9: (33,),
    13: (33,),
    14: (32, 33),
    15: (32, 33),
    18: (32, 33),
    19: (33,),
    20: (32, 33),
    22: (32, 33),
    23: (25, 27, 29, 32, 33),
    24: (25, 27, 31),
    25: (31,),
    26: (29, 33),
    27: (33,),
    28: (31, 33),
    29: (32, 33),
    30: (32, 33),
    31: (32, 33),
    32: (33,),
}
"""For each member the friends with a larger number."""
_WITH_THE_OFFICER = (9, 14, 15, 18, 20, *range(22, 34))


def karate_club() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the friendships in a karate club, and the part that each member chose.

    The club split after a quarrel between its instructor (member 0) and an officer (member 33).

    Returns:
        A: the adjacency matrix, (34, 34), with 78 friendships.
        faction: for each member 0 if they followed the instructor, else 1, (34,).

    Every call returns new arrays. Source: W. W. Zachary, "An information flow model for conflict
    and fission in small groups", Journal of Anthropological Research 33 (1977).
    """
    A = np.zeros((34, 34))
    for member, friends in _FRIENDS.items():
        A[member, list(friends)] = A[list(friends), member] = 1.0
    faction = np.zeros(34, dtype=np.int64)
    faction[list(_WITH_THE_OFFICER)] = 1
    return A, faction


def neighbour_graph(X: NDArray[np.float64], k: int = 8) -> NDArray[np.float64]:
    """Return the graph that links each sample to the k samples nearest to it.

    Two samples are linked if at least one of them is among the k nearest of the other, so a sample
    can have more than k neighbours. Of samples at the same distance, the earlier ones are nearer.

    Args:
        X: the samples, (n, D), more than k.
        k: the number of nearest samples.

    Returns:
        The adjacency matrix, (n, n): symmetric, with a diagonal of zeros.
    """
    squares = (X**2).sum(axis=1)
    distances = squares[:, np.newaxis] + squares - 2 * X @ X.T
    np.fill_diagonal(distances, np.inf)
    nearest = np.argsort(distances, axis=1, kind="stable")[:, :k]
    A = np.zeros(distances.shape)
    np.put_along_axis(A, nearest, 1.0, axis=1)
    return np.maximum(A, A.T)

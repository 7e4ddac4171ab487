"""The readout of a graph without nodes is nan for the mean, and an error for the maximum.

Nothing has been gathered, so it is 0, as for a node at which no message arrives. Treat n = 0
separately.
"""


def readout(h, how="sum"):
    states = _floats(h)
    if how not in _HOW:
        raise ValueError(f"how must be one of {', '.join(_HOW)}, got {how!r}")
    if states.ndim != 2:
        raise ValueError(f"h must be (n, d), got {states.shape}")
    if len(states) == 0 and how == "mean":
        return np.full(states.shape[1], np.nan, dtype=states.dtype)
    whole = getattr(states, how)(axis=0)
    return whole

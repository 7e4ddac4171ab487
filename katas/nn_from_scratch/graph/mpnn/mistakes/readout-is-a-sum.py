"""readout always adds up, whatever how is.

"mean" and "max" must work too. A mean does not depend on how many nodes a graph has, and a sum
does.
"""


def readout(h, how="sum"):
    states = _floats(h)
    if how not in _HOW:
        raise ValueError(f"how must be one of {', '.join(_HOW)}, got {how!r}")
    if states.ndim != 2:
        raise ValueError(f"h must be (n, d), got {states.shape}")
    if not len(states):
        return np.zeros(states.shape[1], dtype=states.dtype)
    whole = states.sum(axis=0)
    return whole

"""The shapes of states are not compared.

One state without its row dimension then gives a result without rows, and a stack of batches one with three
axes. Raise a ValueError.
"""


def _check(states, units, layer, at_least=0):
    rows = np.asarray(states, np.float64)
    if len(rows) < at_least:
        raise ValueError("no rows")
    return rows

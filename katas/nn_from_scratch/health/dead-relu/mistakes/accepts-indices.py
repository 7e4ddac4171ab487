"""revive accepts integers for dead, and uses them as indices.

For three units, [0, 1, 1] could mean "alive, dead, dead", but as indices it selects the units 0 and
1. Both are arrays of shape (3,), so only the dtype tells them apart. The lesson asks for a
ValueError unless dead contains bools.
"""


def revive(W, b, dead, rng):
    chosen = np.asarray(dead)
    if W.ndim != 2 or b.shape != W.shape[1:] or chosen.shape != b.shape:
        raise ValueError("the shapes do not match")
    if chosen.dtype.kind == "f":
        raise ValueError("dead must not contain floats")
    W[:, chosen] = he_normal(len(W), len(W[0, chosen]), rng)
    b[chosen] = 0.0

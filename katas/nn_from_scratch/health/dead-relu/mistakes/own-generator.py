"""revive draws from a generator of its own with a fixed seed.

Two calls for the same units then give them the same weights, and the caller cannot choose the seed. Use
the rng that is passed.
"""

def revive(W, b, dead, rng):
    chosen = np.asarray(dead)
    if W.ndim != 2 or b.shape != W.shape[1:] or chosen.shape != b.shape:
        raise ValueError("the shapes do not match")
    if chosen.dtype.kind != "b":
        raise ValueError("dead must contain bools")
    W[:, chosen] = he_normal(len(W), int(chosen.sum()), np.random.default_rng(0))
    b[chosen] = 0.0

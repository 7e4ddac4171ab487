"""revive draws new weights for all units, not only for the dead ones.

What the living units have learned is lost. Write only into the columns of the dead units.
"""

def revive(W, b, dead, rng):
    chosen = np.asarray(dead)
    if W.ndim != 2 or b.shape != W.shape[1:] or chosen.shape != b.shape:
        raise ValueError("the shapes do not match")
    if chosen.dtype.kind != "b":
        raise ValueError("dead must contain bools")
    W[...] = he_normal(*W.shape, rng)
    b[chosen] = 0.0

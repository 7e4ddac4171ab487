"""All dead units get the same new weights.

Units that are equal get equal gradients and stay equal, so together they can do no more than one. Draw
separate weights for each unit.
"""

def revive(W, b, dead, rng):
    chosen = np.asarray(dead)
    if W.ndim != 2 or b.shape != W.shape[1:] or chosen.shape != b.shape:
        raise ValueError("the shapes do not match")
    if chosen.dtype.kind != "b":
        raise ValueError("dead must contain bools")
    W[:, chosen] = he_normal(len(W), 1, rng)
    b[chosen] = 0.0

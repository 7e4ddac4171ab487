"""The dead units get weights of 0.

With a bias of 0, z is then 0 on all samples, and the units are as dead as before. Draw new weights.
"""

def revive(W, b, dead, rng):
    chosen = np.asarray(dead)
    if W.ndim != 2 or b.shape != W.shape[1:] or chosen.shape != b.shape:
        raise ValueError("the shapes do not match")
    if chosen.dtype.kind != "b":
        raise ValueError("dead must contain bools")
    W[:, chosen] = 0.0
    b[chosen] = 0.0

"""revive draws new weights and leaves the bias as it is.

A unit that died of a bias of -50 is still dead with any new weights of moderate size. Set its bias to 0.
"""

def revive(W, b, dead, rng):
    chosen = np.asarray(dead)
    if W.ndim != 2 or b.shape != W.shape[1:] or chosen.shape != b.shape:
        raise ValueError("the shapes do not match")
    if chosen.dtype.kind != "b":
        raise ValueError("dead must contain bools")
    W[:, chosen] = he_normal(len(W), int(chosen.sum()), rng)

"""revive changes copies of W and b.

The arrays that the network computes with stay as they are, and so do its dead units. Write into the
arrays that are passed.
"""

def revive(W, b, dead, rng):
    chosen = np.asarray(dead)
    if W.ndim != 2 or b.shape != W.shape[1:] or chosen.shape != b.shape:
        raise ValueError("the shapes do not match")
    if chosen.dtype.kind != "b":
        raise ValueError("dead must contain bools")
    W, b = W.copy(), b.copy()
    W[:, chosen] = he_normal(len(W), int(chosen.sum()), rng)
    b[chosen] = 0.0

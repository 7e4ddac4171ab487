"""revive sets the biases of all units to 0, not only those of the dead ones.

The living units have learned theirs. With two dead units of 64, 62 biases are lost.
"""

def revive(W, b, dead, rng):
    chosen = np.asarray(dead)
    if W.ndim != 2 or b.shape != W.shape[1:] or chosen.shape != b.shape:
        raise ValueError("the shapes do not match")
    if chosen.dtype.kind != "b":
        raise ValueError("dead must contain bools")
    W[:, chosen] = he_normal(len(W), int(chosen.sum()), rng)
    b[...] = 0.0

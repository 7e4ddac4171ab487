"""revive replaces rows of W instead of columns.

Row i holds the weights that leave input i. With as many inputs as units there is no error: all units lose
some of their weights, and the dead ones keep the rest of theirs. Column j holds the weights of unit j.
"""

def revive(W, b, dead, rng):
    chosen = np.asarray(dead)
    if W.ndim != 2 or b.shape != W.shape[1:] or chosen.shape != b.shape:
        raise ValueError("the shapes do not match")
    if chosen.dtype.kind != "b":
        raise ValueError("dead must contain bools")
    W[chosen] = he_normal(int(chosen.sum()), W.shape[1], rng)
    b[chosen] = 0.0

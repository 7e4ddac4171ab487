"""The new weights have a variance of 1/I, as for layers without an activation.

ReLU sets half of its inputs to 0. He's weights compensate for this with a 2: the variance is 2/I.
"""

def revive(W, b, dead, rng):
    chosen = np.asarray(dead)
    if W.ndim != 2 or b.shape != W.shape[1:] or chosen.shape != b.shape:
        raise ValueError("the shapes do not match")
    if chosen.dtype.kind != "b":
        raise ValueError("dead must contain bools")
    W[:, chosen] = rng.normal(0.0, (1 / len(W)) ** 0.5, size=(len(W), int(chosen.sum())))
    b[chosen] = 0.0

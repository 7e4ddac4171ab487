"""deltas removes the layers from the lists zs and Ws while it works.

Afterwards the caller's lists are empty, and the weights of the network are no longer in them. Read
the items without removing them, or copy the lists first.
"""


def deltas(y, zs, as_, Ws, f_grad, output_delta):
    if len(zs) == 0 or len(as_) != len(zs) + 1 or len(Ws) != len(zs):
        raise ValueError("L, L + 1 and L are needed")
    z = _vector(zs.pop(), "z")
    delta = _floats(output_delta(z, _vector(as_[-1], "a"), y)).copy()
    if delta.shape != z.shape:
        raise ValueError("output_delta must return the shape of z")
    found = [delta]
    while zs:
        z, weights = _vector(zs.pop(), "z"), _floats(Ws.pop())
        if weights.shape != (len(delta), len(z)):
            raise ValueError("W does not match")
        delta = f_grad(z) * (weights.T @ delta)
        found.append(delta)
    return found[::-1]

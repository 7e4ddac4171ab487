"""The error of a layer comes back through its own weights instead of those of the next layer.

Between layers of the same width there is no error, but a wrong number; otherwise numpy raises an
error. A unit affects the loss through the connections that begin at it.
"""


def deltas(y, zs, as_, Ws, f_grad, output_delta):
    if len(zs) == 0 or len(as_) != len(zs) + 1 or len(Ws) != len(zs):
        raise ValueError("L, L + 1 and L are needed")
    z = _vector(zs[-1], "z")
    delta = _floats(output_delta(z, _vector(as_[-1], "a"), y)).copy()
    if delta.shape != z.shape:
        raise ValueError("output_delta must return the shape of z")
    found = [delta]
    for n in range(len(zs) - 2, -1, -1):
        z, weights = _vector(zs[n], "z"), _floats(Ws[n])
        delta = f_grad(z) * (weights.T @ delta)
        found.append(delta)
    return found[::-1]

"""deltas calls itself once per layer.

Python stops after about 1000 nested calls with a RecursionError. Go through the layers in a loop.
"""


def deltas(y, zs, as_, Ws, f_grad, output_delta):
    if len(zs) == 0 or len(as_) != len(zs) + 1 or len(Ws) != len(zs):
        raise ValueError("L, L + 1 and L are needed")
    z = _vector(zs[0], "z")
    if len(zs) == 1:
        delta = _floats(output_delta(z, _vector(as_[-1], "a"), y)).copy()
        if delta.shape != z.shape:
            raise ValueError("output_delta must return the shape of z")
        return [delta]
    found = deltas(y, zs[1:], as_[1:], Ws[1:], f_grad, output_delta)
    weights = _floats(Ws[1])
    if weights.shape != (len(found[0]), len(z)):
        raise ValueError("W does not match")
    return [f_grad(z) * (weights.T @ found[0]), *found]

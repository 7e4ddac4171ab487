"""The slope of a hidden layer is computed at a = f(z) instead of z.

For tanh at z = 2 that is 0.443 instead of 0.071. f_grad is the derivative of f at the number that f was
given, and that is z.
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
        z, weights = _vector(zs[n], "z"), _floats(Ws[n + 1])
        if weights.shape != (len(delta), len(z)):
            raise ValueError("W does not match")
        delta = f_grad(_vector(as_[n + 1], "a")) * (weights.T @ delta)
        found.append(delta)
    return found[::-1]

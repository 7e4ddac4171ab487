"""deltas does not compare the lengths of zs, as_ and Ws.

If a list begins at a different layer from the others, weights and slopes are combined that do
not belong together. Layers of the same width then give wrong numbers and no error.
"""


def deltas(y, zs, as_, Ws, f_grad, output_delta):
    z = _vector(zs[-1], "z")
    delta = _floats(output_delta(z, _vector(as_[-1], "a"), y)).copy()
    if delta.shape != z.shape:
        raise ValueError("output_delta must return the shape of z")
    found = [delta]
    for n in range(len(zs) - 2, -1, -1):
        z, weights = _vector(zs[n], "z"), _floats(Ws[n + 1])
        if weights.shape != (len(delta), len(z)):
            raise ValueError("W does not match")
        delta = f_grad(z) * (weights.T @ delta)
        found.append(delta)
    return found[::-1]

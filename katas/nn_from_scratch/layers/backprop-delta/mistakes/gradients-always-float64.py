"""deltas and gradients convert every array to float64.

The gradients of float32 weights should be float32. Convert only arrays of other dtypes.
"""


def deltas(y, zs, as_, Ws, f_grad, output_delta):
    if len(zs) == 0 or len(as_) != len(zs) + 1 or len(Ws) != len(zs):
        raise ValueError("L, L + 1 and L are needed")
    z = _vector(zs[-1], "z")
    delta = np.asarray(output_delta(z, _vector(as_[-1], "a"), y), dtype=np.float64).copy()
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


def gradients(deltas, as_):
    if len(as_) != len(deltas) + 1:
        raise ValueError("as_ must be one longer")
    dbs = [_vector(delta, "delta").astype(np.float64) for delta in deltas]
    activations = [_vector(a, "a") for a in as_]
    return [np.outer(db, a) for db, a in zip(dbs, activations)], dbs

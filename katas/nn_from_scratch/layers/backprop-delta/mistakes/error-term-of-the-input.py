"""The list of error terms has one item too many: there is one for x, too.

x has no z and no activation. The recursion ends at the first layer with weights, so that there are as many
error terms as weight matrices.
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
        delta = f_grad(z) * (weights.T @ delta)
        found.append(delta)
    found.append(_floats(Ws[0]).T @ delta)
    return found[::-1]

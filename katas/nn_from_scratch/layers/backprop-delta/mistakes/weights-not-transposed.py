"""The errors are multiplied by W instead of its transpose.

W leads from a layer to the next one: it has one row per unit of the next layer. For the way back, each
error has to go to the units in whose columns its weights are. If both layers are equally wide, the shape is
right and the numbers are wrong.
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
        delta = f_grad(z) * (weights @ delta)
        found.append(delta)
    return found[::-1]

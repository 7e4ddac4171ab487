"""The error term of the last layer is multiplied by f'(z), although output_delta already returns ∂L/∂z.

In the example of the lesson, δ of the last layer becomes 2 · 10 = 20 instead of 2, because the slope of z²
at 5 is 10, and all earlier layers inherit the factor. With tanh the factor is below 1, and the gradients
become too small.
"""


def deltas(y, zs, as_, Ws, f_grad, output_delta):
    if len(zs) == 0 or len(as_) != len(zs) + 1 or len(Ws) != len(zs):
        raise ValueError("L, L + 1 and L are needed")
    z = _vector(zs[-1], "z")
    delta = _floats(output_delta(z, _vector(as_[-1], "a"), y)).copy()
    if delta.shape != z.shape:
        raise ValueError("output_delta must return the shape of z")
    delta = delta * f_grad(z)
    found = [delta]
    for n in range(len(zs) - 2, -1, -1):
        z, weights = _vector(zs[n], "z"), _floats(Ws[n + 1])
        if weights.shape != (len(delta), len(z)):
            raise ValueError("W does not match")
        delta = f_grad(z) * (weights.T @ delta)
        found.append(delta)
    return found[::-1]

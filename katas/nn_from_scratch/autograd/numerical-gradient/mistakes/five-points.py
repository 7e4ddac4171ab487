"""The derivative is computed from four values of f, not from two.

The five-point formula is more accurate, but it calls f four times per coordinate where two calls are
enough, and for the sum of cubes at 0 it gives 0, but the central difference gives h². Use only x +
h and x - h.
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros(point.shape)
    for i in np.ndindex(point.shape):
        step = np.zeros(point.shape)
        step[i] = h
        near = f(point + step) - f(point - step)
        far = f(point + 2 * step) - f(point - 2 * step)
        gradient[i] = (8 * near - far) / (12 * h)
    return gradient

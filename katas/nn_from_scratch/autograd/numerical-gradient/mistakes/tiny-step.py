"""The default step is so small that rounding decides the result.

The two values of f then agree in nearly all their digits, and what is left after the subtraction
is mostly rounding. For exp at 1 the error is 7e-9 with a step of 1e-8, 2e-4 with 1e-12, and 0.17
with 1e-15; with 1e-5 it is 6e-11. Smaller is not better: 1e-5 balances the two kinds of error.
"""


def numerical_gradient(f, x, h=1e-12):
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros(point.shape)
    for i in np.ndindex(point.shape):
        kept = point[i]
        point[i] = kept + h
        above = f(point)
        point[i] = kept - h
        below = f(point)
        point[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient

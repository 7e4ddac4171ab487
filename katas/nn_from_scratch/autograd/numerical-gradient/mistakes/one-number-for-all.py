"""The result is a single number for the whole of x.

x + h adds the step to every coordinate at once, so this is one derivative along the diagonal, the
sum of all those that were asked for. A gradient has one entry per number in x: move one
coordinate at a time.
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    return (f(point + h) - f(point - h)) / (2 * h)

"""All coordinates are moved together, so every entry of the result is the same.

f(x + h) - f(x - h) with a number h measures one derivative along the diagonal, which is the sum
of all those that were asked for. Move one coordinate at a time and leave all others where they
are.
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros(point.shape)
    for i in np.ndindex(point.shape):
        gradient[i] = (f(point + h) - f(point - h)) / (2 * h)
    return gradient

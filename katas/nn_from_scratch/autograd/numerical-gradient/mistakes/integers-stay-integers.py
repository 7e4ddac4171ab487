"""The point keeps the dtype of x, so an array of integers cannot hold the step.

1 + 1e-5 is truncated to 1 when it is written into an array of integers, and 1 - 1e-5 to 0: the
derivative of x² at 1 becomes 50000, and at 0 it becomes 0. Work on a float64 copy of x.
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x)
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

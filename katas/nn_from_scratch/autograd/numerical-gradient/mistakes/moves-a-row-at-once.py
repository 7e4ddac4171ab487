"""The loop runs over the rows of x and moves all numbers of a row together.

For a matrix of shape (2, 3) f is measured along 2 directions, not 6, and every entry of a row gets
the sum of its three derivatives. Loop over all indices, for example with np.ndindex(x.shape).
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros(point.shape)
    for i in range(len(point)) if point.ndim else [()]:
        kept = point[i].copy()
        point[i] = kept + h
        above = f(point)
        point[i] = kept - h
        below = f(point)
        point[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient

"""The numbers are moved through a flat view, but for a transposed array that view is a copy.

`reshape(-1)` and `ravel()` give a view if the numbers are stored row by row. Those of x.T are
stored column by column, np.array keeps that order, and then both give a copy: what is changed there
never reaches f, and every derivative is 0. Move the array that f is given, or make a copy in row
order.
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    flat = point.reshape(-1)
    gradient = np.zeros(flat.shape)
    for i in range(flat.size):
        kept = flat[i]
        flat[i] = kept + h
        above = f(point.copy())
        flat[i] = kept - h
        below = f(point.copy())
        flat[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient.reshape(point.shape)

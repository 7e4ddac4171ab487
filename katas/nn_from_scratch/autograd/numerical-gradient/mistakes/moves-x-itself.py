"""x itself is moved and restored, not a copy of it.

The result is right, but while f runs, x is not what it was, and if f raises an exception, x stays
moved by h. f may use the same array itself, as a network does with its weights. np.asarray does
not copy a float64 array; np.array does.
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.asarray(x, dtype=np.float64)
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

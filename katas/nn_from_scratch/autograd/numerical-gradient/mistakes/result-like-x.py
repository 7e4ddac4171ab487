"""The array for the result has the dtype of x.

If x holds integers, so does the result, and a derivative of 1.5 is truncated to 1; from a float32 x
only seven digits are kept. The result is float64, whatever x is.
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros_like(np.asarray(x))
    for i in np.ndindex(point.shape):
        kept = point[i]
        point[i] = kept + h
        above = f(point)
        point[i] = kept - h
        below = f(point)
        point[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient

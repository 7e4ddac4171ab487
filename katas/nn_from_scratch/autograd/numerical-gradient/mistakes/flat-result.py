"""The result is a flat array and does not have the shape of x.

A gradient is added to the weights that it belongs to, so it needs their shape: for a (2, 3)
matrix it is (2, 3), not (6,). With a vector the error does not show. Reshape the result at the
end.
"""


def numerical_gradient(f, x, h=1e-5):
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
    return gradient.ravel()

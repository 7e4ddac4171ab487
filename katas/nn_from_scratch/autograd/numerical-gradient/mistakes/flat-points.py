"""f is called with a flat array, whatever the shape of x is.

A function that multiplies matrices or reads v[0, 1] raises an error, or returns a different number:
for an x of shape (2, 3) it gets a point of shape (6,). A flat view is convenient for the loop, but
f must get an array of the shape of x.
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros(point.shape)
    for i in np.ndindex(point.shape):
        kept = point[i]
        point[i] = kept + h
        above = f(point.ravel())
        point[i] = kept - h
        below = f(point.ravel())
        point[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient

"""f(x) itself is computed for every coordinate too.

The central difference does not use it: two calls per coordinate are enough, f(x + h) and f(x - h).
For a network each call is a whole forward pass, so three calls take 1.5 times as long. Leave f(x)
out of the loop.
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros(point.shape)
    for i in np.ndindex(point.shape):
        kept = point[i]
        f(point)
        point[i] = kept + h
        above = f(point)
        point[i] = kept - h
        below = f(point)
        point[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient

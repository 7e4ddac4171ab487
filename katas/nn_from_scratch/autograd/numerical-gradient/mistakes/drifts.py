"""x is moved by adding and subtracting h, and does not return exactly to where it was.

(x + h) - h is not always x. The sum of 1e-12 and 1e-5 cannot hold all the digits of 1e-12, so a
number as small as that nearly always changes. Numbers of ordinary size hardly ever change, so the
error stays hidden. Save the old number and write it back; better, do all this in a copy.
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.asarray(x, dtype=np.float64)
    gradient = np.zeros(point.shape)
    for i in np.ndindex(point.shape):
        point[i] += h
        above = f(point)
        point[i] -= 2 * h
        below = f(point)
        point[i] += h
        gradient[i] = (above - below) / (2 * h)
    return gradient

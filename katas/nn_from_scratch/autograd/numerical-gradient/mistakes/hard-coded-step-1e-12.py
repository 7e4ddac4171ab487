"""The parameter h is not used: the step is always 1e-12, which is far too small.

The caller chooses the step. With h = 0.1 the result for x³ at 2 is 12.01; here it is 12.00107.
At a distance of 1e-12 the two values of f agree in nearly all their digits, and the rest is largely
rounding. Use h where you move the point and where you divide.
"""

def numerical_gradient(f, x, h=1e-5):
    h = 1e-12
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

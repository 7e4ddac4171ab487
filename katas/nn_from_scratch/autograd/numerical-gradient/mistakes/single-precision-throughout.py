"""Point and result are float32 arrays, which are too coarse for a step of 1e-5.

float32 has about seven digits, so near 1 the step itself is wrong by one percent, and the values
of f lose the rest: the derivative of x² at 1 becomes 2.0027 instead of 2. A gradient check must
be more accurate than what it checks: compute in float64 and return float64.
"""


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float32)
    gradient = np.zeros_like(point)
    for i in np.ndindex(point.shape):
        kept = point[i]
        point[i] = kept + h
        above = f(point)
        point[i] = kept - h
        below = f(point)
        point[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient

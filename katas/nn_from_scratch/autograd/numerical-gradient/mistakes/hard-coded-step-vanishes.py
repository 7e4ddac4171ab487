"""The parameter h is not used: the step is always so small that x + h is x.

Floats near 1 are about 2e-16 apart. A step of 1e-50 is lost in the addition: f is called twice at
the same point, and the derivative seems to be 0. The caller chooses the step: use h where you move
the point and where you divide.
"""

def numerical_gradient(f, x, h=1e-5):
    h = 1e-50
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

"""np.where chooses between two forms of sigmoid, but computes both of them for every x.

The result is right. But the form that is not used overflows: exp(1000) gives a warning, or an
exception if warnings are turned into errors. Compute one exponential whose exponent is never
positive, or compute each form only where it is used.
"""


def sigmoid(x):
    values = _floats(x)
    e = np.exp(values)
    return np.where(values >= 0, 1.0 / (1.0 + np.exp(-values)), e / (1.0 + e))

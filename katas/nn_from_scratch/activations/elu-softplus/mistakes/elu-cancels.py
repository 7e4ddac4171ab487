"""elu subtracts 1 from e^x.

For x near 0, e^x is near 1 and the digits cancel: elu(-1e-17) is 0 instead of -1e-17, and
elu(-1e-12) has only four correct digits. numpy has a function for e^x - 1 that does not cancel.
"""


def elu(x, gamma=1.0):
    values = _floats(x)
    return np.where(values > 0, values, gamma * (np.exp(np.minimum(values, 0.0)) - 1.0))

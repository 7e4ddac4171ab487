"""swish multiplies the result by beta, and not the argument of the gate.

beta decides how abruptly the gate opens. For beta = 0 the gate is half open everywhere, and the result
is x/2, not 0. Pass beta x to sigmoid.
"""


def swish(x, beta=1.0):
    values = _floats(x)
    return beta * values * sigmoid(values)

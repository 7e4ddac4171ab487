"""The local derivative of sigmoid is s (1 - x), with the input x in the second factor.

Both factors use the result: s (1 - s). At x = 3 the derivative is 0.045, while s (1 - 3) is
-1.905, and sigmoid never falls.
"""


def sigmoid(x):
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - x.data),))

"""The local derivative of sigmoid is x (1 - x), with the input instead of the result.

Both factors use the result: s (1 - s). At x = 3 the derivative is 0.045, while 3 (1 - 3) is -6,
and sigmoid never falls. Use the number that you have just computed.
"""


def sigmoid(x):
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (x.data * (1.0 - x.data),))

"""The local derivative of sigmoid is 1 - s², which is the rule for tanh.

The two curves look alike, but sigmoid goes from 0 to 1 and is less steep: at x = 0 its derivative
is 0.25, while 1 - s² is 0.75. Use s (1 - s).
"""


def sigmoid(x):
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (1.0 - s * s,))

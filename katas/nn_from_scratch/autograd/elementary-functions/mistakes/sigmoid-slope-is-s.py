"""The local derivative of sigmoid is s, and the factor 1 - s is missing.

At x = 3 sigmoid is 0.953 and nearly flat: its derivative is 0.045, and s alone is 21 times that.
The factor 1 - s makes the derivative small on the right, as s does on the left.
"""


def sigmoid(x):
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s,))

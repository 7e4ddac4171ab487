"""sigmoid computes e^x for every x, and that overflows for large x.

From x = 710 on, e^x is larger than any float, and OverflowError is raised although the result is 1.
This form is right for negative x only; positive x needs the other form.
"""


def sigmoid(x):
    e = math.exp(x.data)
    s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))

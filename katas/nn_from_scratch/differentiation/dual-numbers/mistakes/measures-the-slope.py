"""derivative computes f at x + h and at x - h, and divides the difference by 2 h.

That is a measurement: it needs two calls, and it is right to 8 or 10 digits only. Give f one Dual
with a slope of 1, and its result has the exact slope.
"""


def derivative(f, x):
    h = 1e-5
    return (_lift(f(Dual(x + h))).value - _lift(f(Dual(x - h))).value) / (2 * h)

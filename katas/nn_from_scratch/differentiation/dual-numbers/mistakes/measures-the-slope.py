"""derivative computes f at x + h and at x - h, and divides the difference by 2 h.

That is a numerical approximation: it needs two calls, and only 8 to 10 digits are correct. Give f
one Dual with a slope of 1, and its result has the exact slope.
"""


def derivative(f, x):
    h = 1e-5
    return (_lift(f(Dual(x + h))).value - _lift(f(Dual(x - h))).value) / (2 * h)

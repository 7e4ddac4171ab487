"""The slope of exp is measured by a central difference.

exp is its own derivative, so the slope is the result itself. A difference of two nearly equal numbers
costs two more exponentials, and keeps ten digits of sixteen.
"""


def exp(x):
    y = math.exp(x.data)
    slope = (math.exp(x.data + 1e-6) - math.exp(x.data - 1e-6)) / 2e-6
    return Value(y, (x,), "exp", (slope,))

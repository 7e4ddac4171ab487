"""The derivative has the wrong sign: t² - 1 instead of 1 - t².

tanh rises everywhere, so its derivative is never negative. At x = 0.5 it is 0.786 and not -0.786.
With the wrong sign every weight before this node changes in the wrong direction. Check the order of
the two terms.
"""


def tanh(x):
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh", (t * t - 1.0,))

"""sigmoid clips its input, so that nothing overflows, and is wrong beyond the limit.

With a limit of 10, sigmoid(-1000) is 0.0000454 instead of 0, and its derivative is not 0 either.
Clip only the exponent that would overflow, near 700, or use the second form of the formula for
negative x.
"""


def sigmoid(x):
    s = 1.0 / (1.0 + math.exp(-min(10.0, max(-10.0, x.data))))
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))

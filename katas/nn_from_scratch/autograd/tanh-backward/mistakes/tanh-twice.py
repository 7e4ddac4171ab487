"""The slope is 1 - tanh(t)²: tanh is applied to a number that has been through it already.

t is the result, so its square is all that is needed. At x = 1 the slope should be 0.420 and comes
out as 0.588. Such a network still trains, and even reads digits well; its gradients are wrong all
the same.
"""

import math

from .value import Value


def tanh(x):
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh", (1.0 - math.tanh(t) ** 2,))

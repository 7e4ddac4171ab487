"""Where the curve is flat, tanh returns a Value without its parent.

The derivative is 0 there, so no gradient is lost. But the graph is cut at |x| = 20: the backward
pass no longer reaches the nodes below, so it does not clear the gradients that they hold from an
earlier call. A derivative of 0 is a derivative like any other: pass it together with the parent.
"""


def tanh(x):
    t = math.tanh(x.data)
    if abs(x.data) > 20.0:
        return Value(t)
    return Value(t, (x,), "tanh", (1.0 - t * t,))

"""tanh adds the derivative to x.grad in the forward pass, before any gradient exists.

In the forward pass it is not known yet how much the output of the network depends on this node, so
there is no upstream gradient to multiply by: at x = 0.7 an x.grad of 0.25 becomes 0.885 before the
backward pass has begun. Give the derivative to the new node, and push() uses it when the gradient
arrives.
"""


def tanh(x):
    t = math.tanh(x.data)
    x.grad += 1.0 - t * t
    return Value(t, (x,), "tanh", (1.0 - t * t,))

"""The derivative of sigmoid is computed as sigmoid(x) (1 - x).

The second factor is one minus the result, not one minus the input: at 2 the derivative is
0.881 (1 - 0.881) = 0.105, and not 0.881 (1 - 2) = -0.881. Use the result of sigmoid in both factors.
"""


def sigmoid_grad(x):
    return sigmoid(x) * (1.0 - _floats(x))

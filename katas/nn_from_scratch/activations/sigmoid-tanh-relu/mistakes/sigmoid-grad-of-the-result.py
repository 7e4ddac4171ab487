"""sigmoid_grad treats its argument as a result of sigmoid, and computes x (1 - x).

Some programs store the output of the forward pass and call the derivative with it. Here the
argument is the input x: at x = 2 the derivative is 0.105, but this gives 2 (1 - 2) = -2. Compute
sigmoid(x) first.
"""


def sigmoid_grad(x):
    values = _floats(x)
    return values * (1.0 - values)

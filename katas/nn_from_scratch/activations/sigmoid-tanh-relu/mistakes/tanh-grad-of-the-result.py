"""tanh_grad treats its argument as a result of tanh, and computes 1 - x².

Some programs store the output of the forward pass and call the derivative with it. Here the
argument is the input x: at x = 2 the derivative is 0.071, but this gives 1 - 2² = -3. Compute
tanh(x) first.
"""


def tanh_grad(x):
    return 1.0 - _floats(x) ** 2

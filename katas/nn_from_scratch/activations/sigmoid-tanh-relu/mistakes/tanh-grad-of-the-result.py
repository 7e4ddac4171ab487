"""tanh_grad takes its argument for a result of tanh, and computes 1 - x².

Some programs store the result of the forward pass and pass that. Here the argument is the input x:
at x = 2 the derivative is 0.071, but this gives 1 - 2² = -3. Compute tanh(x) first.
"""


def tanh_grad(x):
    return 1.0 - _floats(x) ** 2

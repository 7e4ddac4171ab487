"""hard_tanh_grad is computed as 1 - t², like the derivative of tanh.

That rule belongs to the curve. A straight line has the same slope everywhere: at x = 0.5 it is 1,
while 1 - 0.5² is 0.75.
"""


def hard_tanh_grad(x):
    return 1.0 - hard_tanh(x) ** 2

"""hard_sigmoid_grad is computed as s (1 - s), like the derivative of sigmoid.

That rule belongs to the curve. A straight line has the same slope everywhere: at x = 1 it is 0.25,
while 0.75 (1 - 0.75) is 0.1875.
"""


def hard_sigmoid_grad(x, slope=0.25):
    s = hard_sigmoid(x, slope)
    return s * (1.0 - s)

"""hard_sigmoid_grad is the slope of the line for every x.

Where the line is cut off, hard_sigmoid is constant and its derivative is 0: at x = 3 it is 0, not
0.25. With 0.25 there, a network is trained along a gradient that its function does not have.
"""


def hard_sigmoid_grad(x, slope=0.25):
    return np.full_like(_floats(x), slope)

"""elu_grad is gamma e^x for every x.

That is the derivative of the left side only. On the right elu is x and its derivative is 1: at x = 2 it
is not 7.39, and at 1000 it is not inf.
"""


def elu_grad(x, gamma=1.0):
    return gamma * np.exp(_floats(x))

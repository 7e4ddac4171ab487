"""softplus_grad is computed as exp(x) / (1 + exp(x)).

That is sigmoid in the form for negative x. Above 709 it is inf/inf = nan instead of 1. The sigmoid
that you have already written is right on both sides.
"""


def softplus_grad(x):
    e = np.exp(_floats(x))
    return e / (1.0 + e)

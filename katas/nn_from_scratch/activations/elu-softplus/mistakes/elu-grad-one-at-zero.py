"""elu_grad is 1 at 0, even when gamma is not 1.

With gamma = 0.5 the slopes of the two sides are 0.5 and 1 at 0, and both are possible choices. This
course counts 0 as part of the left side, so the derivative there is gamma: the condition for 1 is x
> 0.
"""


def elu_grad(x, gamma=1.0):
    values = _floats(x)
    left = gamma * np.exp(np.minimum(values, 0.0))
    return np.where(values >= 0, np.ones_like(values), left)

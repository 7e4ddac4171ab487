"""leaky_relu_grad is 1 at 0.

At 0 the slopes of the two sides are gamma and 1, and both are possible choices. This course counts
0 as part of the left side, so the derivative there is gamma: the condition for 1 is x > 0.
"""


def leaky_relu_grad(x, gamma=0.01):
    values = _floats(x)
    return np.where(values >= 0, 1.0, gamma).astype(values.dtype)

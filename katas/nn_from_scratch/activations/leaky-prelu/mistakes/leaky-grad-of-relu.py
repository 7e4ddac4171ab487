"""leaky_relu_grad is 0 on the left, which is the derivative of ReLU.

The left side of leaky ReLU is a line with the slope gamma: at -1 its derivative is 0.01, not 0.
Leaky ReLU exists so that this derivative is not 0.
"""


def leaky_relu_grad(x, gamma=0.01):
    values = _floats(x)
    return np.where(values > 0, 1.0, 0.0).astype(values.dtype)

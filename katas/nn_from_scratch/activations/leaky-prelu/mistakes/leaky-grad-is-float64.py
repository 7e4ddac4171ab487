"""leaky_relu_grad is float64, even for an array of float32.

np.where(condition, 1.0, gamma) gets only two Python numbers and makes a float64 array of them. The
dtype of the result should be that of x.
"""


def leaky_relu_grad(x, gamma=0.01):
    return np.where(_floats(x) > 0, 1.0, gamma)

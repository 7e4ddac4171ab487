"""run_network computes 1 / (1 + exp(-z)), and the exponential overflows.

Below z = -709 there is a warning, and with weights of 1e6 that is nearly everywhere. Your sigmoid of the kata
sigmoid-tanh-relu never overflows.
"""


def run_network(network, x):
    inputs = np.asarray(x, dtype=np.float64)
    if inputs.ndim != 1:
        raise ValueError("x must be (N,)")
    W1, b1, W2, b2 = network
    hidden = 1.0 / (1.0 + np.exp(-affine(inputs[:, np.newaxis], W1, b1)))
    return affine(hidden, W2, b2)[:, 0]

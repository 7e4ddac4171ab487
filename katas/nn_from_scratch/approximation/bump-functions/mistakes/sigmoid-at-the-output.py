"""run_network applies the sigmoid to the output too.

All outputs are then between 0 and 1, and a function that reaches 3 cannot be followed. The output layer is
linear.
"""


def run_network(network, x):
    inputs = np.asarray(x, dtype=np.float64)
    if inputs.ndim != 1:
        raise ValueError("x must be (N,)")
    W1, b1, W2, b2 = network
    hidden = sigmoid(affine(inputs[:, np.newaxis], W1, b1))
    return sigmoid(affine(hidden, W2, b2))[:, 0]

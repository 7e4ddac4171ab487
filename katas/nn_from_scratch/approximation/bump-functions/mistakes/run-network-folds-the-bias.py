"""run_network adds the bias of the output to the last weights, in the network that it gets.

The next call with the same network gives other outputs. Everything that run_network computes must be in new
arrays.
"""


def run_network(network, x):
    inputs = np.asarray(x, dtype=np.float64)
    if inputs.ndim != 1:
        raise ValueError(f"x must be (N,), got shape {inputs.shape}")
    W1, b1, W2, b2 = network
    hidden = sigmoid(affine(inputs[:, np.newaxis], W1, b1))
    outputs = affine(hidden, W2, b2).reshape(inputs.shape)
    W2 += b2
    return outputs

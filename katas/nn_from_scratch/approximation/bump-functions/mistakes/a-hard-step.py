"""run_network uses a step of 0 or 1 instead of the sigmoid.

For very large weights there is hardly a difference. With weight 100, at 0.01 beside the step, the
sigmoid is 0.73 and not 1. The network uses sigmoids, whatever its weights are.
"""


def run_network(network, x):
    inputs = np.asarray(x, dtype=np.float64)
    if inputs.ndim != 1:
        raise ValueError("x must be (N,)")
    W1, b1, W2, b2 = network
    hidden = (affine(inputs[:, np.newaxis], W1, b1) > 0).astype(float)
    return affine(hidden, W2, b2)[:, 0]

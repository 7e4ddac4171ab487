"""jacobian_norm is the square root of the sum of all squares of the Jacobian.

This counts all directions. The identity of 64 inputs amplifies no change, and its norm is 1, but
the square root of the sum is 8. The lesson asks for the largest singular value.
"""


def jacobian_norm(Ws, act, x):
    weights = _weights(Ws)
    _, f = _forward(weights, act, _matrix(np.asarray(x)[np.newaxis]))
    product = np.eye(weights[-1].shape[1])
    for layer in reversed(range(len(weights))):
        slopes = f[layer].backward(np.ones((1, weights[layer].shape[1])))
        product = (product * slopes) @ weights[layer].T
    return float(np.linalg.norm(product))

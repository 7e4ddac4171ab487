"""jacobian_norm is the smallest singular value.

This says by how much a change is amplified at least. The norm says by how much it is amplified at
most: the largest one.
"""


def jacobian_norm(Ws, act, x):
    weights = _weights(Ws)
    _, f = _forward(weights, act, _matrix(np.asarray(x)[np.newaxis]))
    product = np.eye(weights[-1].shape[1])
    for layer in reversed(range(len(weights))):
        slopes = f[layer].backward(np.ones((1, weights[layer].shape[1])))
        product = (product * slopes) @ weights[layer].T
    return float(np.linalg.norm(product, -2))

"""jacobian_norm multiplies the norms of the factors.

This is only an upper bound, since one layer may shrink what another amplifies: diag(10, 0.1) after
diag(0.1, 10) is the identity with a norm of 1, and the product of the norms is 100. Multiply the
matrices first.
"""


def jacobian_norm(Ws, act, x):
    weights = _weights(Ws)
    _, f = _forward(weights, act, _matrix(np.asarray(x)[np.newaxis]))
    product = 1.0
    for layer in reversed(range(len(weights))):
        slopes = f[layer].backward(np.ones((1, weights[layer].shape[1])))
        product *= np.linalg.norm(weights[layer] * slopes, 2)
    return float(product)

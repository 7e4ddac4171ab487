"""jacobian_norm measures the gradient of the sum of the outputs.

It is the Jacobian in one direction only, and other directions may be amplified more: for W =
diag(1, -1) after W = ((1, 1), (1, 1)) the sum of the outputs never changes, and the norm is 2.
"""


def jacobian_norm(Ws, act, x):
    weights = _weights(Ws)
    _, f = _forward(weights, act, _matrix(np.asarray(x)[np.newaxis]))
    product = np.ones((1, weights[-1].shape[1]))
    for layer in reversed(range(len(weights))):
        slopes = f[layer].backward(np.ones((1, weights[layer].shape[1])))
        product = (product * slopes) @ weights[layer].T
    return float(np.linalg.norm(product, 2))

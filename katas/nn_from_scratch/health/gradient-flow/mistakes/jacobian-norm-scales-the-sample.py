"""jacobian_norm divides the sample by its length, in the caller's own array.

The slopes then belong to another sample, and everything that is computed with x afterwards is wrong too. The
Jacobian is asked for at x itself.
"""


def jacobian_norm(Ws, act, x):
    weights = _weights(Ws)
    sample = np.asarray(x)
    _, f = _forward(weights, act, _matrix(sample[np.newaxis]))
    product = np.eye(weights[-1].shape[1])
    for layer in reversed(range(len(weights))):
        slopes = f[layer].backward(np.ones((1, weights[layer].shape[1])))
        product = (product * slopes) @ weights[layer].T
    if sample.dtype.kind == "f":
        sample /= np.linalg.norm(sample)
    return float(np.linalg.norm(product, 2))

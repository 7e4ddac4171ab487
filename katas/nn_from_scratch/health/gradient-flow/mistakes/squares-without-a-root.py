"""delta_norm and dW_norm are sums of squares, without the square root.

For the entries 3 and 4 the sum is 25 and the norm is 5. A gradient that is ten times as large then seems
to be a hundred times as large.
"""


def layer_stats(Ws, act, X, cotangent):
    weights = _weights(Ws)
    samples = _matrix(X)
    if len(samples) == 0:
        raise ValueError("X must contain at least one sample")
    h, f = _forward(weights, act, samples)
    gradient = np.asarray(cotangent, dtype=np.float64)
    delta_norm, dW_norm = np.empty(len(weights)), np.empty(len(weights))
    for layer in reversed(range(len(weights))):
        delta = f[layer].backward(gradient)
        delta_norm[layer] = (delta**2).sum()
        dW_norm[layer] = ((h[layer].T @ delta) ** 2).sum()
        gradient = delta @ weights[layer].T
    return {
        "act_std": np.array([outputs.std() for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

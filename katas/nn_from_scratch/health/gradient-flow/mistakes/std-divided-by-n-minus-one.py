"""act_std divides the sum of the squares by the number of entries minus 1.

The lesson asks for the standard deviation of these entries, as numpy's std computes it. For the
entries 1 and 3 it is 1; divided by 1 instead of 2 it is 1.41, and for a single entry it is not
defined.
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
        delta_norm[layer] = np.linalg.norm(delta)
        dW_norm[layer] = np.linalg.norm(h[layer].T @ delta)
        gradient = delta @ weights[layer].T
    return {
        "act_std": np.array([outputs.std(ddof=1) for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

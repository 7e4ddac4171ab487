"""delta_norm measures the gradient with respect to the outputs h, before it is multiplied by the slope.

δ is the gradient with respect to z. In a saturated unit with a slope of 0.001, δ is 1000 times
smaller than what is measured here, and δ is what the weights learn from.
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
        delta_norm[layer] = np.linalg.norm(gradient)
        dW_norm[layer] = np.linalg.norm(h[layer].T @ delta)
        gradient = delta @ weights[layer].T
    return {
        "act_std": np.array([outputs.std() for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

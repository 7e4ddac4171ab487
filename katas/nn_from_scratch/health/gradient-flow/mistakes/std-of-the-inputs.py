"""act_std contains the standard deviation of the inputs of each layer, not of its outputs.

The first number then says how the samples are scaled, and the last layer is missing. The outputs of layer
l are h_l.
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
        "act_std": np.array([outputs.std() for outputs in h[:-1]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

"""layer_stats passes δ on to the previous layer without the weights.

Between the layers, each input gets a share of the gradient through each of its weights. Without them all
layers of a linear network would have the same δ, even if the weights are 0.
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
        gradient = delta
    return {
        "act_std": np.array([outputs.std() for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

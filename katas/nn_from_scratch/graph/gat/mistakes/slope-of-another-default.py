"""slope is not passed on: the leaky ReLU uses its own default of 0.01.

Negative sums should be multiplied by slope, which is 0.2 by default.
"""


def _attend(features, visible, weights, own, other, slope):
    projected = features @ weights
    sums = (projected @ own)[:, np.newaxis] + projected @ other
    scores = leaky_relu(sums)
    alpha = softmax(np.where(visible, scores, -np.inf), axis=1)
    return (projected, sums, alpha)


def gat_backward(dout, H, A, W, a_self, a_other, slope=0.2):
    features, visible, weights, own, other = _check(H, A, W, a_self, a_other)
    upstream = _floats(dout)
    if upstream.shape != (len(features), weights.shape[1]):
        raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
    projected, sums, alpha = _attend(features, visible, weights, own, other, slope)
    d_alpha = upstream @ projected.T
    d_scores = alpha * (d_alpha - (alpha * d_alpha).sum(axis=1, keepdims=True))
    d_sums = d_scores * leaky_relu_grad(sums)
    d_looking, d_seen = (d_sums.sum(axis=1), d_sums.sum(axis=0))
    d_projected = alpha.T @ upstream + np.outer(d_looking, own) + np.outer(d_seen, other)
    return (
        d_projected @ weights.T,
        features.T @ d_projected,
        projected.T @ d_looking,
        projected.T @ d_seen,
    )

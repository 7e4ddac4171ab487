"""The scores are the sums themselves: the leaky ReLU is missing.

Then node i adds the same number to all scores of its row, and the softmax removes it: a_self has no
effect at all. In the example of the lesson, node 1 gives node 0 a weight of 0.705 instead of 0.422.
"""


def _attend(features, visible, weights, own, other, slope):
    projected = features @ weights
    sums = (projected @ own)[:, np.newaxis] + projected @ other
    scores = leaky_relu(sums, 1.0)
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
    d_sums = d_scores * leaky_relu_grad(sums, 1.0)
    d_looking, d_seen = (d_sums.sum(axis=1), d_sums.sum(axis=0))
    d_projected = alpha.T @ upstream + np.outer(d_looking, own) + np.outer(d_seen, other)
    return (
        d_projected @ weights.T,
        features.T @ d_projected,
        projected.T @ d_looking,
        projected.T @ d_seen,
    )

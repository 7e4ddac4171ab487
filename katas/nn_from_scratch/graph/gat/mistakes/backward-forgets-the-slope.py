"""backward does not multiply by the slope of the leaky ReLU.

Where the sum was negative, the gradient has to be multiplied by slope: with 0.2 it becomes five
times smaller.
"""


def gat_backward(dout, H, A, W, a_self, a_other, slope=0.2):
    features, visible, weights, own, other = _check(H, A, W, a_self, a_other)
    upstream = _floats(dout)
    if upstream.shape != (len(features), weights.shape[1]):
        raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
    projected, sums, alpha = _attend(features, visible, weights, own, other, slope)
    d_alpha = upstream @ projected.T
    d_scores = alpha * (d_alpha - (alpha * d_alpha).sum(axis=1, keepdims=True))
    d_sums = d_scores
    d_looking, d_seen = (d_sums.sum(axis=1), d_sums.sum(axis=0))
    d_projected = alpha.T @ upstream + np.outer(d_looking, own) + np.outer(d_seen, other)
    return (
        d_projected @ weights.T,
        features.T @ d_projected,
        projected.T @ d_looking,
        projected.T @ d_seen,
    )

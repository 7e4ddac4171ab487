"""In the backward pass of the softmax, each score gets only α (1 - α) times its gradient.

That is how a score changes its own weight. It changes the other weights of the row too: subtract
from each gradient the weighted mean of its row, with the weights alpha.
"""


def gat_backward(dout, H, A, W, a_self, a_other, slope=0.2):
    features, visible, weights, own, other = _check(H, A, W, a_self, a_other)
    upstream = _floats(dout)
    if upstream.shape != (len(features), weights.shape[1]):
        raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
    projected, sums, alpha = _attend(features, visible, weights, own, other, slope)
    d_alpha = upstream @ projected.T
    d_scores = alpha * (1 - alpha) * d_alpha
    d_sums = d_scores * leaky_relu_grad(sums, slope)
    d_looking, d_seen = (d_sums.sum(axis=1), d_sums.sum(axis=0))
    d_projected = alpha.T @ upstream + np.outer(d_looking, own) + np.outer(d_seen, other)
    return (
        d_projected @ weights.T,
        features.T @ d_projected,
        projected.T @ d_looking,
        projected.T @ d_seen,
    )

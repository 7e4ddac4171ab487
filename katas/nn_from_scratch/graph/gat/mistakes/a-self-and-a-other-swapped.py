"""a_self and a_other are swapped.

In the score of i for j, a_self belongs to i, the node that looks, and a_other to j. In the example
of the lesson, node 1 then gives node 2 a weight of 0.302, and not 0.346.
"""


def _check(H, A, W, a_self, a_other):
    features, weights, own, other = (_floats(H), _floats(W), _floats(a_self), _floats(a_other))
    visible = np.asarray(A) != 0
    if (features.ndim, weights.ndim) != (2, 2):
        raise ValueError(f"H must be (n, I) and W (I, O), got {features.shape}, {weights.shape}")
    if visible.shape != (len(features), len(features)):
        raise ValueError(f"A must be (n, n), got {visible.shape}")
    if (own.shape, other.shape) != (weights.shape[1:],) * 2:
        raise ValueError(f"a_self and a_other must be (O,), got {own.shape} and {other.shape}")
    return (features, visible | np.eye(len(features), dtype=bool), weights, other, own)


def gat_backward(dout, H, A, W, a_self, a_other, slope=0.2):
    features, visible, weights, own, other = _check(H, A, W, a_self, a_other)
    upstream = _floats(dout)
    if upstream.shape != (len(features), weights.shape[1]):
        raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
    projected, sums, alpha = _attend(features, visible, weights, own, other, slope)
    d_alpha = upstream @ projected.T
    d_scores = alpha * (d_alpha - (alpha * d_alpha).sum(axis=1, keepdims=True))
    d_sums = d_scores * leaky_relu_grad(sums, slope)
    d_looking, d_seen = (d_sums.sum(axis=1), d_sums.sum(axis=0))
    d_projected = alpha.T @ upstream + np.outer(d_looking, own) + np.outer(d_seen, other)
    return (
        d_projected @ weights.T,
        features.T @ d_projected,
        projected.T @ d_seen,
        projected.T @ d_looking,
    )

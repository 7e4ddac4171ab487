"""The weights are computed as exp(S) / Σ exp(S), and nothing is subtracted.

exp(710) is already inf, and inf / inf is nan. The softmax that you have written before subtracts the
largest score of each row first, so use it here.
"""


def attention(Q, K, V, mask=None):
    queries, keys, values = _as_floats(Q, K, V)
    if min(queries.ndim, keys.ndim, values.ndim) < 2:
        raise ValueError("Q, K and V need at least two dimensions")
    if not queries.shape[:-2] == keys.shape[:-2] == values.shape[:-2]:
        raise ValueError("the leading dimensions of Q, K and V must be equal")
    scores = queries @ np.swapaxes(keys, -1, -2) / math.sqrt(keys.shape[-1])
    powers = np.exp(scores)
    if mask is not None:
        visible = np.asarray(mask, dtype=bool)
        if visible.shape not in (scores.shape, scores.shape[-2:]):
            raise ValueError(f"mask must be {scores.shape[-2:]} or {scores.shape}")
        powers = powers * visible
    total = powers.sum(axis=-1, keepdims=True)
    weights = powers / np.where(total == 0, 1, total).astype(scores.dtype)
    return weights @ values, weights

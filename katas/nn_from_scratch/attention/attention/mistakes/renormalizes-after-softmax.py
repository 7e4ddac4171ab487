"""The mask sets weights to 0 after the softmax, and the rest is divided by its sum.

For scores of similar size this is right. If a hidden score is 740 above the others, their weights have
lost nearly all digits, and 2000 above, their sum is 0. Take a hidden key out before the softmax.
"""


def _masked_softmax(scores, mask):
    visible = np.asarray(mask, dtype=bool)
    if visible.shape not in (scores.shape, scores.shape[-2:]):
        raise ValueError(f"mask must be {scores.shape[-2:]} or {scores.shape}")
    weights = softmax(scores) * visible
    total = weights.sum(axis=-1, keepdims=True)
    return weights / np.where(total > 0, total, 1).astype(scores.dtype)

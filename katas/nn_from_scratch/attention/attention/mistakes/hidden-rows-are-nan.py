"""A query that sees no key gets nan.

All its scores are -inf, and -inf minus -inf is nan, in the weights and in the output. Such rows exist:
padding at the end of a short sentence sees nothing. Give them zeros.
"""


def _masked_softmax(scores, mask):
    visible = np.asarray(mask, dtype=bool)
    if visible.shape not in (scores.shape, scores.shape[-2:]):
        raise ValueError(f"mask must be {scores.shape[-2:]} or {scores.shape}")
    return softmax(np.where(visible, scores, -np.inf))

"""A query that sees no key gets the mean of all values.

If hidden scores are all the same number, such as -1e9, a row with only hidden keys has equal
scores, and all hidden keys get a weight of 1 / m. A query that sees nothing has to get zeros.
"""


def _masked_softmax(scores, mask):
    visible = np.asarray(mask, dtype=bool)
    if visible.shape not in (scores.shape, scores.shape[-2:]):
        raise ValueError(f"mask must be {scores.shape[-2:]} or {scores.shape}")
    return softmax(np.where(visible, scores, -1e9).astype(scores.dtype))

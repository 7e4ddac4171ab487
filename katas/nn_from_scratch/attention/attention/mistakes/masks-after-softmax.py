"""The mask sets weights to 0 after the softmax.

The hidden keys were in the denominator of the softmax, so the other weights add up to less than 1:
in the example of the lesson to 0.054, and the output is 0.60 instead of 11.19. A hidden key has to
be taken out before the softmax.
"""


def _masked_softmax(scores, mask):
    visible = np.asarray(mask, dtype=bool)
    if visible.shape not in (scores.shape, scores.shape[-2:]):
        raise ValueError(f"mask must be {scores.shape[-2:]} or {scores.shape}")
    return softmax(scores) * visible

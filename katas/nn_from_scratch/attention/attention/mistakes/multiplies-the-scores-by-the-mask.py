"""The scores of hidden keys are set to 0.

0 is an ordinary score: in the example of the lesson the hidden key still gets a weight of 0.107,
and if the other scores are negative, even the largest. Only a score of -inf gives a weight of
exactly 0.
"""


def _masked_softmax(scores, mask):
    visible = np.asarray(mask, dtype=bool)
    if visible.shape not in (scores.shape, scores.shape[-2:]):
        raise ValueError(f"mask must be {scores.shape[-2:]} or {scores.shape}")
    return softmax(scores * visible)

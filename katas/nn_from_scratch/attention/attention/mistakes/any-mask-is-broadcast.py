"""A mask of a different shape is broadcast.

A mask (m,) then hides the same keys from all queries, and one of another batch makes the result larger
than it should be. Only (n, m) and the shape of the weights are allowed; raise a ValueError otherwise.
"""


def _masked_softmax(scores, mask):
    visible = np.asarray(mask, dtype=bool)
    sees_a_key = visible.any(axis=-1, keepdims=True)
    return softmax(np.where(visible | ~sees_a_key, scores, -np.inf)) * sees_a_key

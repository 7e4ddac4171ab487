"""True hides a key, and False shows it.

In this course True means that the query may see the key. In the example of the lesson, the output is 30,
the only value that should be hidden. Other libraries disagree with each other about this.
"""


def _masked_softmax(scores, mask):
    visible = np.asarray(mask, dtype=bool)
    if visible.shape not in (scores.shape, scores.shape[-2:]):
        raise ValueError(f"mask must be {scores.shape[-2:]} or {scores.shape}")
    visible = ~visible
    sees_a_key = visible.any(axis=-1, keepdims=True)
    return softmax(np.where(sees_a_key & ~visible, -np.inf, scores)) * sees_a_key

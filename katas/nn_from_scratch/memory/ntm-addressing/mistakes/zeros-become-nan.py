"""content_weights divides by the length 0 of a row or a key of zeros.

0 / 0 is nan, and through the sum of the softmax, all weights become nan. A new memory is often all zeros.
A row of zeros has no direction: its cosine should be 0.
"""


def _with_length_1(vectors):
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)

"""The single logit of a binary network is compared with 0.5.

0.5 is the threshold for a probability. The logit 0.3 has a probability of 0.574 and belongs to
class 1: the threshold for logits is 0.
"""

def predict_classes(scores):
    values = np.asarray(scores)
    if values.ndim != 2 or values.shape[1] == 0:
        raise ValueError("scores must be (N, C)")
    if values.shape[1] == 1:
        return (values[:, 0] > 0.5).astype(np.int64)
    return values.argmax(axis=1).astype(np.int64)

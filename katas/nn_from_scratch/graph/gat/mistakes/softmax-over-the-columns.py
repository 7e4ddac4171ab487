"""The softmax is taken over the columns: over all that look at a node.

The weights with which node i looks must add up to 1, and they are row i. Take the softmax along axis 1.
"""


def _attend(features, visible, weights, own, other, slope):
    projected = features @ weights
    sums = (projected @ own)[:, np.newaxis] + projected @ other
    scores = leaky_relu(sums, slope)
    alpha = softmax(np.where(visible, scores, -np.inf), axis=0)
    return (projected, sums, alpha)

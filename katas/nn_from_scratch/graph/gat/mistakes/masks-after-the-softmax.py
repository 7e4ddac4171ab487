"""The weights of nodes without an edge are set to 0 after the softmax.

They were in the denominator of the softmax, so the other weights add up to less than 1: in the
example of the lesson to 0.741 for node 0. Take them out before the softmax.
"""


def _attend(features, visible, weights, own, other, slope):
    projected = features @ weights
    sums = (projected @ own)[:, np.newaxis] + projected @ other
    scores = leaky_relu(sums, slope)
    alpha = softmax(scores, axis=1) * visible
    return (projected, sums, alpha)

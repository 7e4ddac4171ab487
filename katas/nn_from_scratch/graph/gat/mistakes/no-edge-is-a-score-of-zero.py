"""Nodes without an edge get a score of 0 before the softmax.

0 is an ordinary score: in the example of the lesson, node 0 still gives node 2, with which it
shares no edge, the weight 0.045. Only a score of -inf gives a weight of exactly 0.
"""


def _attend(features, visible, weights, own, other, slope):
    projected = features @ weights
    sums = (projected @ own)[:, np.newaxis] + projected @ other
    scores = leaky_relu(sums, slope)
    alpha = softmax(np.where(visible, scores, 0.0), axis=1)
    return (projected, sums, alpha)

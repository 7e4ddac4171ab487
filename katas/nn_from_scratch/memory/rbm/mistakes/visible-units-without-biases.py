"""visible_probs forgets the biases b.

A pixel that is 1 in 90 % of the images then has no bias for that, and is 1 too rarely in the
dreams.
"""


class RBM:
    def visible_probs(self, h):
        states = _check(h, self.W.shape[1], "hidden")
        return sigmoid(states @ self.W.T)

"""visible_probs forgets the biases b.

A pixel that is 1 in 90 % of the images then has nothing that says so, and the dreams have it too rarely.
"""


class RBM:
    def visible_probs(self, h):
        states = _check(h, self.W.shape[1], "hidden")
        return sigmoid(states @ self.W.T)

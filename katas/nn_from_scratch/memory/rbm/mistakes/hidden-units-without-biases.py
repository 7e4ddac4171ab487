"""hidden_probs forgets the biases c.

A hidden unit without connections would then be 1 in half of the draws, whatever its bias is.
"""


class RBM:
    def hidden_probs(self, v):
        states = _check(v, len(self.W), "visible")
        return sigmoid(states @ self.W)

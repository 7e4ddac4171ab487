"""hidden_probs forgets the biases c.

A hidden unit that no visible unit is connected with would then always be 1 in half of the draws.
"""


class RBM:
    def hidden_probs(self, v):
        states = _check(v, len(self.W), "visible")
        return sigmoid(states @ self.W)

"""cd1 computes the visible probabilities from the hidden probabilities, without drawing hidden states.

A hidden unit is then a number such as 0.37, and not just 0 or 1. That is a different machine, and
v1 is not a sample of this one. Draw hidden states first.
"""


class RBM:
    def cd1(self, batch, lr, rng):
        v0 = _check(batch, len(self.W), "visible", at_least=1)
        p0 = self.hidden_probs(v0)
        rng.random(p0.shape)
        seen = self.visible_probs(p0)
        v1 = (rng.random(seen.shape) < seen).astype(np.float64)
        p1 = self.hidden_probs(v1)
        self.W = self.W + lr * (v0.T @ p0 - v1.T @ p1) / len(v0)
        self.b = self.b + lr * (v0 - v1).mean(axis=0)
        self.c = self.c + lr * (p0 - p1).mean(axis=0)

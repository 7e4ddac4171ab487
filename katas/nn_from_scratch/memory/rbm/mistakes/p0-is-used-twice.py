"""cd1 multiplies v1 by the hidden probabilities of v0.

The dream needs hidden units of its own: p1 belongs to v1, as p0 to v0. Here the mean of p0 - p1 is 0, so c
never learns.
"""


class RBM:
    def cd1(self, batch, lr, rng):
        v0 = _check(batch, len(self.W), "visible", at_least=1)
        p0 = self.hidden_probs(v0)
        _, v1 = self.gibbs_step(v0, rng)
        p1 = p0
        self.W = self.W + lr * (v0.T @ p0 - v1.T @ p1) / len(v0)
        self.b = self.b + lr * (v0 - v1).mean(axis=0)
        self.c = self.c + lr * (p0 - p1).mean(axis=0)

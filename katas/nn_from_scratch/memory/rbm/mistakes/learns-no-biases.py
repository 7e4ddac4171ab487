"""cd1 changes the weights only, and b and c stay 0.

A visible unit that is 1 in 90 % of the data needs a bias for that; weights can say only which units
are 1 together. Each bias learns from the difference of two means.
"""


class RBM:
    def cd1(self, batch, lr, rng):
        v0 = _check(batch, len(self.W), "visible", at_least=1)
        p0 = self.hidden_probs(v0)
        _, v1 = self.gibbs_step(v0, rng)
        p1 = self.hidden_probs(v1)
        self.W = self.W + lr * (v0.T @ p0 - v1.T @ p1) / len(v0)

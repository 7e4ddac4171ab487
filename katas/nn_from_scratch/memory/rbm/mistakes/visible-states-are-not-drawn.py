"""cd1 uses the visible probabilities as v1, and draws no visible states.

Grey pixels such as 0.5 are not states of the machine. p1 of a mean is not the mean of p1, since
sigmoid is not linear.
"""


class RBM:
    def cd1(self, batch, lr, rng):
        v0 = _check(batch, len(self.W), "visible", at_least=1)
        p0 = self.hidden_probs(v0)
        hidden, _ = self.gibbs_step(v0, rng)
        v1 = self.visible_probs(hidden)
        p1 = self.hidden_probs(v1)
        self.W = self.W + lr * (v0.T @ p0 - v1.T @ p1) / len(v0)
        self.b = self.b + lr * (v0 - v1).mean(axis=0)
        self.c = self.c + lr * (p0 - p1).mean(axis=0)

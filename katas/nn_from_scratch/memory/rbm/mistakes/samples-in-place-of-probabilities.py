"""cd1 multiplies by hidden states that are drawn, and not by their probabilities.

On average that is the same step, but a noisier one: where the probability is 0.5, each sample adds 0 or 1.
The draw is needed only to get v1.
"""


class RBM:
    def cd1(self, batch, lr, rng):
        v0 = _check(batch, len(self.W), "visible", at_least=1)
        p0 = self.hidden_probs(v0)
        p0, v1 = self.gibbs_step(v0, rng)
        p1 = self.hidden_probs(v1)
        self.W = self.W + lr * (v0.T @ p0 - v1.T @ p1) / len(v0)
        self.b = self.b + lr * (v0 - v1).mean(axis=0)
        self.c = self.c + lr * (p0 - p1).mean(axis=0)

"""cd1 adds up over the rows, and does not divide by N.

With 14 rows, every step is then 14 times as long, and lr has to be chosen anew for each size of the batch.
Take the mean over the rows.
"""


class RBM:
    def cd1(self, batch, lr, rng):
        v0 = _check(batch, len(self.W), "visible", at_least=1)
        p0 = self.hidden_probs(v0)
        _, v1 = self.gibbs_step(v0, rng)
        p1 = self.hidden_probs(v1)
        self.W = self.W + lr * (v0.T @ p0 - v1.T @ p1)
        self.b = self.b + lr * (v0 - v1).sum(axis=0)
        self.c = self.c + lr * (p0 - p1).sum(axis=0)

"""cd1 subtracts the data and adds what the machine dreams.

The weights then change in the wrong direction: in 600 updates, the log-likelihood of the bars and
stripes falls from -6.2 to about -11 000, but it should rise to about -3.4. The data should become
more likely, so it has the plus sign.
"""


class RBM:
    def cd1(self, batch, lr, rng):
        v0 = _check(batch, len(self.W), "visible", at_least=1)
        p0 = self.hidden_probs(v0)
        _, v1 = self.gibbs_step(v0, rng)
        p1 = self.hidden_probs(v1)
        self.W = self.W - lr * (v0.T @ p0 - v1.T @ p1) / len(v0)
        self.b = self.b - lr * (v0 - v1).mean(axis=0)
        self.c = self.c - lr * (p0 - p1).mean(axis=0)

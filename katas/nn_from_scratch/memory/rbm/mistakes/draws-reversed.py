"""A unit becomes 1 where the number drawn is larger than the probability.

That happens with a probability of 1 - p. A number from 0 to 1 is *less* than p with
probability p.
"""


class RBM:
    def gibbs_step(self, v, rng):
        on = self.hidden_probs(v)
        hidden = (rng.random(on.shape) > on).astype(np.float64)
        seen = self.visible_probs(hidden)
        return hidden, (rng.random(seen.shape) > seen).astype(np.float64)

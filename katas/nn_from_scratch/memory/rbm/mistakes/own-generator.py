"""The numbers come from a generator with a fixed seed, and rng is not used.

Every step then draws the same numbers: two steps from the same states have the same result, and the caller
cannot choose the seed. Draw from the rng that is passed.
"""


class RBM:
    def gibbs_step(self, v, rng):
        rng = np.random.default_rng(0)
        on = self.hidden_probs(v)
        hidden = (rng.random(on.shape) < on).astype(np.float64)
        seen = self.visible_probs(hidden)
        return hidden, (rng.random(seen.shape) < seen).astype(np.float64)

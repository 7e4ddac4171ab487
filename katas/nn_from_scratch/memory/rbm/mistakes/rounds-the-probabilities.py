"""gibbs_step rounds the probabilities to 0 or 1, and draws nothing.

The dreams are then always the same, and states that are less likely never come up. A unit with a
probability of 0.6 should be 1 in 60 % of the draws.
"""


class RBM:
    def gibbs_step(self, v, rng):
        on = self.hidden_probs(v)
        hidden = (on > 0.5).astype(np.float64)
        seen = self.visible_probs(hidden)
        return hidden, (seen > 0.5).astype(np.float64)

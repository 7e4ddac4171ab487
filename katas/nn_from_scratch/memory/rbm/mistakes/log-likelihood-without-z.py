"""log_likelihood returns the mean of -F(v), and does not subtract log Z.

Then it can be raised without limit: a larger c lowers the free energies of all states, even of
those that are not in the data. Only log p(v) = -F(v) - log Z says how much of the total probability
the data gets.
"""


class RBM:
    def log_likelihood(self, data):
        states = _check(data, len(self.W), "visible", at_least=1)
        if len(self.W) > LARGEST:
            raise ValueError("too many visible units")
        return float(-self.free_energy(states).mean())

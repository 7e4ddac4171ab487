"""log_likelihood adds up Z over the rows of the data, and not over all states.

The data then gets all the probability, whatever the weights are: for 14 rows, the sum of their
probabilities is 1 from the beginning. Z is a sum over all 2^V visible states.
"""


class RBM:
    def log_likelihood(self, data):
        states = _check(data, len(self.W), "visible", at_least=1)
        if len(self.W) > LARGEST:
            raise ValueError("too many visible units")
        log_z = logsumexp(-self.free_energy(states))
        return float(-self.free_energy(states).mean() - log_z)

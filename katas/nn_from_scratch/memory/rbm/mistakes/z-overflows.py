"""log_likelihood takes the exponential of -F(v) as it is.

For a free energy of -1000, e^1000 is inf; for 1000 it is 0, and log 0 is -inf. Your logsumexp does it
without overflow.
"""


class RBM:
    def log_likelihood(self, data):
        states = _check(data, len(self.W), "visible", at_least=1)
        if len(self.W) > LARGEST:
            raise ValueError("too many visible units")
        everything = np.array(list(itertools.product((0.0, 1.0), repeat=len(self.W))))
        log_z = np.log(np.exp(-self.free_energy(everything)).sum())
        return float(-self.free_energy(states).mean() - log_z)

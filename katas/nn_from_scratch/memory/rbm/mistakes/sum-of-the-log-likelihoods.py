"""log_likelihood adds up over the rows, and does not take the mean.

With 14 rows, it is 14 times too large, and data sets of different sizes cannot be compared.
"""


class RBM:
    def log_likelihood(self, data):
        states = _check(data, len(self.W), "visible", at_least=1)
        if len(self.W) > LARGEST:
            raise ValueError("too many visible units")
        everything = np.array(list(itertools.product((0.0, 1.0), repeat=len(self.W))))
        log_z = logsumexp(-self.free_energy(everything))
        return float((-self.free_energy(states) - log_z).sum())

"""free_energy returns log of the sum of e^-E, without the minus sign.

Likely states should have a low free energy, as with every energy. Here they have the highest.
"""


class RBM:
    def free_energy(self, v):
        states = _check(v, len(self.W), "visible")
        return states @ self.b + softplus(states @ self.W + self.c).sum(axis=1)

    def log_likelihood(self, data):
        states = _check(data, len(self.W), "visible", at_least=1)
        if len(self.W) > LARGEST:
            raise ValueError("too many visible units")
        everything = np.array(list(itertools.product((0.0, 1.0), repeat=len(self.W))))
        log_z = logsumexp(self.free_energy(everything))
        return float(self.free_energy(states).mean() - log_z)

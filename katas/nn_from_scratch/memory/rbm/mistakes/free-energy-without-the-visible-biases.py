"""free_energy forgets the term -b @ v.

A visible unit with a large bias should make states in which it is 1 more likely. Without the term, the free
energy of a machine without weights is the same for all states.
"""


class RBM:
    def free_energy(self, v):
        states = _check(v, len(self.W), "visible")
        return -softplus(states @ self.W + self.c).sum(axis=1)

"""free_energy takes the largest of the terms instead of their sum: max(0, x) and not log(1 + e^x).

That is the energy of v with its best hidden state. For x = 0, both values of the hidden unit count the
same, and log 2 = 0.69 is right, not 0.
"""


class RBM:
    def free_energy(self, v):
        states = _check(v, len(self.W), "visible")
        return -(states @ self.b) - np.maximum(states @ self.W + self.c, 0.0).sum(axis=1)

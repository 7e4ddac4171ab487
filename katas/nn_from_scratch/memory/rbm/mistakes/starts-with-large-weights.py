"""W is drawn with a standard deviation of 1 at the beginning, and not 0.1.

Many units are then nearly certain of their value before anything was learned.
"""


class RBM:
    def __init__(self, n_visible, n_hidden, rng):
        self.W = rng.normal(0.0, 1.0, (n_visible, n_hidden))
        self.b = np.zeros(n_visible)
        self.c = np.zeros(n_hidden)

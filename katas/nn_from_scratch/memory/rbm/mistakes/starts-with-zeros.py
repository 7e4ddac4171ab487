"""W is zero at the beginning.

Then all hidden units have equal probabilities, and get exactly the same changes. Small random weights make
them different.
"""


class RBM:
    def __init__(self, n_visible, n_hidden, rng):
        self.W = np.zeros((n_visible, n_hidden))
        self.b = np.zeros(n_visible)
        self.c = np.zeros(n_hidden)

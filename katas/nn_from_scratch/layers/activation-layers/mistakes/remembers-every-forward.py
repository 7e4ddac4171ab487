"""Each call to forward replaces what the layer stored, even without training=True.

An evaluation between forward and backward then gives the gradient at the wrong samples. If the
number of samples is the same, there is no error. Remember something only if training is true.
"""


class Activation:
    def forward(self, x, training=False):
        values = _floats(x)
        self._slopes = self._f_grad(values)
        return self._f(values)


class Softmax:
    def forward(self, x, training=False):
        p = softmax(x)
        self._p = p.copy()
        return p

"""The linear activation returns the array x itself, and dout itself.

The numbers are right, but the caller then has two names for one array: a change of the output also
changes the input. Return a copy, as all other functions do.
"""


class Activation:
    def __init__(self, name):
        if name not in _FUNCTIONS:
            raise ValueError("unknown activation")
        self.params = {}
        self.grads = {}
        self._f, self._f_grad = _FUNCTIONS[name]
        self._linear = name == "linear"
        self._slopes = None

    def forward(self, x, training=False):
        values = _floats(x)
        if training:
            self._slopes = self._f_grad(values)
        return values if self._linear else self._f(values)

    def backward(self, dout):
        if self._slopes is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _upstream(dout, self._slopes.shape)
        return upstream if self._linear else upstream * self._slopes

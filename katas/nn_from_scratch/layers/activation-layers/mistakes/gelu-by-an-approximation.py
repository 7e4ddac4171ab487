"""Activation("gelu") uses the approximate formula with tanh, and the derivative of the exact one.

The default of gelu is the exact function. The approximation differs by up to 0.0005, and forward and
backward then belong to two different functions.
"""


class Activation:
    def __init__(self, name):
        if name not in _FUNCTIONS:
            raise ValueError("unknown activation")
        self.params = {}
        self.grads = {}
        self._f, self._f_grad = _FUNCTIONS[name]
        if name == "gelu":
            self._f = lambda x: gelu(x, approximate="tanh")
        self._slopes = None

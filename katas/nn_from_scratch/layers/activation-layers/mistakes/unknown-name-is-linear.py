"""For a name that is not in the list, Activation does nothing, like the linear activation.

A misspelled name then gives a network without that activation, and no error. Raise a ValueError for
every other word, including "softmax", which does not work entry by entry.
"""


class Activation:
    def __init__(self, name):
        self.params = {}
        self.grads = {}
        self._f, self._f_grad = _FUNCTIONS.get(name, _FUNCTIONS["linear"])
        self._slopes = None

"""Adam accepts numbers outside their ranges.

With a beta of 1, nothing is ever added to the mean, and its correction divides by 0. Test the
numbers in __init__, and raise a ValueError.
"""

base = "variants/array-by-array"


class Adam:
    def __init__(
        self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=True
    ):
        self._lr = lr
        self._betas = betas
        self._eps = eps
        self._weight_decay = weight_decay
        self._decoupled = decoupled
        self._steps = 0
        self._means = []
        self._squares = []

"""SGD accepts numbers outside their ranges.

With momentum 1 the velocity never decreases, and with a negative lr every step goes uphill. Test
the three numbers in __init__, and raise a ValueError.
"""


class SGD:
    def __init__(self, lr, momentum=0.0, weight_decay=0.0, nesterov=False):
        self._lr = lr
        self._momentum = momentum
        self._weight_decay = weight_decay
        self._nesterov = nesterov
        self._velocities = []

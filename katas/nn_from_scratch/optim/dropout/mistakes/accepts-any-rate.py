"""The rate is not tested.

With a rate of 1, nothing is left, and 1 / (1 - rate) is a division by zero. A rate of 20 was meant
to be 0.2. Raise a ValueError unless the rate is at least 0 and less than 1.
"""


class Dropout:
    def __init__(self, rate, rng):
        self.params = {}
        self.grads = {}
        self._rate = rate
        self._rng = rng
        self._factors = None

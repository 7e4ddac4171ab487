"""The rate 1 is accepted.

Then every entry is dropped, and 1 / (1 - rate) is a division by zero: 0 times infinity is nan. The
largest rate must be less than 1.
"""


class Dropout:
    def __init__(self, rate, rng):
        if not 0 <= rate <= 1:
            raise ValueError("rate must be from 0 to 1")
        self.params = {}
        self.grads = {}
        self._rate = rate
        self._rng = rng
        self._factors = None

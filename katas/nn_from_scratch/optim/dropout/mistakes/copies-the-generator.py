"""The layer draws from a copy of rng, so the state of rng itself does not change.

Two layers that share a generator then drop exactly the same entries. Keep the generator that was passed,
not a copy.
"""

import copy


class Dropout:
    def __init__(self, rate, rng):
        if not 0 <= rate < 1:
            raise ValueError("rate must be at least 0 and less than 1")
        self.params = {}
        self.grads = {}
        self._rate = rate
        self._rng = copy.deepcopy(rng)
        self._factors = None

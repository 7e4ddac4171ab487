"""The weights come from a generator with a fixed seed, and rng is not used.

Every layer of the same size then starts with the same weights, and the caller cannot choose the seed. Draw
from the rng that is passed.
"""


class GCNLayer:
    def __init__(self, units_in, units_out, rng, relu=True):
        self._dense = Dense(units_in, units_out, np.random.default_rng(0))
        self._relu = relu
        self._memory = None
        self.params = self._dense.params
        self.grads = self._dense.grads

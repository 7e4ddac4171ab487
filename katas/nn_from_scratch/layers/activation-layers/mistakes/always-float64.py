"""Everything is computed and returned in float64, even for float32 inputs.

A network in float32 then needs twice the memory from this layer on. Convert only inputs that are
not arrays of floats.
"""


def _floats(x):
    return np.asarray(x, dtype=np.float64)


class Softmax:
    def forward(self, x, training=False):
        p = softmax(_floats(x))
        if training:
            self._p = p.copy()
        return p

"""A neuron with 3 weights accepts 2 inputs, or 4, without an error.

zip() stops at the end of the shorter list. The weights that are left over then have no effect, and
nobody finds the place that passed the wrong number of inputs. Compare the lengths and raise
ValueError.
"""

base = "variants/from-the-function"


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x):
        return sum((w * x_i for w, x_i in zip(self.w, x)), start=self.b).tanh()

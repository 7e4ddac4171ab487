"""The neuron returns the weighted sum itself; tanh is missing.

For a sum of 2 the output should be 0.964 and is 2. Without a nonlinear function, many layers of
such neurons compute no more than one layer does. Apply tanh to the sum.
"""

base = "variants/from-the-function"


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        return sum((w * x_i for w, x_i in zip(self.w, x)), start=self.b)

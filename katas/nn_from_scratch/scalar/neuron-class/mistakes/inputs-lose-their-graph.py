"""If an input is a Value, only its number is used.

The output is right and this neuron learns, but the gradient ends here. In a network the inputs are
the outputs of the previous layer, so all layers but the last get a gradient of 0. Multiply the
Values themselves.
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
        numbers = [x_i.data if isinstance(x_i, Value) else x_i for x_i in x]
        return sum((w * x_i for w, x_i in zip(self.w, numbers)), start=self.b).tanh()

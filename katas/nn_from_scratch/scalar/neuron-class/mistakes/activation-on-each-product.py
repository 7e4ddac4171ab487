"""tanh is applied to each product, and the results are added.

The sum belongs inside: the neuron adds all its products and applies tanh once, at the end. With
tanh inside, 3 inputs can give an output up to 3, but the output of a neuron is always between -1
and 1. Apply tanh to the whole sum.
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
        return sum(((w * x_i).tanh() for w, x_i in zip(self.w, x)), start=self.b)

"""The bias is added after tanh instead of before it.

So the output no longer stays between -1 and 1: with a bias of 0.8 it reaches 1.8. The bias belongs
to the sum inside tanh.
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
        return sum(w * x_i for w, x_i in zip(self.w, x)).tanh() + self.b

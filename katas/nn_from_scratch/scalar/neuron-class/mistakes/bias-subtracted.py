"""The bias is subtracted, as a threshold would be.

Both conventions exist, with opposite signs. Here the bias is added: for inputs of 0 and a bias of
0.5 the output is tanh(0.5) = 0.462 and not -0.462. Change the sign.
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
        return (sum(w * x_i for w, x_i in zip(self.w, x)) - self.b).tanh()

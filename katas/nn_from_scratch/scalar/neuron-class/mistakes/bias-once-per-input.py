"""The bias is added once per input, not once per neuron.

With 3 inputs of 0 and a bias of 0.5, the sum should be 0.5 and is 1.5; the gradient of the bias is
3 times too large as well. Keep the bias outside the sum over the products.
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
        return sum(w * x_i + self.b for w, x_i in zip(self.w, x)).tanh()
